import './ui/look/tokens.css';
import './ui/look/page.css';
import './ui/confab-app';
