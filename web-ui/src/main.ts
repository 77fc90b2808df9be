import './ui/look/tokens.css';
import './ui/look/page.css';
import './ui/confab-app';
import { language } from './ui/strings';

// Whoever reads the page aloud does so in its language.
document.documentElement.lang = language;
