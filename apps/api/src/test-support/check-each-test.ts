import { afterEach } from 'vitest';
import { failOnStrangeAnswers } from './check-answers.js';

// Of every file of tests: with modules that files share, a module registers its hooks only for the first one.
afterEach(failOnStrangeAnswers);
