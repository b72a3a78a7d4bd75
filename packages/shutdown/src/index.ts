export { installShutdown, type Logger, type Shutdown, type ShutdownOptions } from './install-shutdown.js';
