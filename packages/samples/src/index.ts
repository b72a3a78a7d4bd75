export { kickstarterSample, type SampleOptions, type SampleRow, sampleRows } from './kickstarter-sample.js';
