export { type BuiltCommit, buildCommit } from './build-commit.js';
export { CommitError, type CommitErrorCode } from './commit-error.js';
export { findCommit } from './git.js';
export { ourRoot, readAssignment, runCli, startAsInProduction } from './start.js';
