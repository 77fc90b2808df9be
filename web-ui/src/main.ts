import './styles/tokens.css';
import './styles/page.css';
import './ui/confab-app';
