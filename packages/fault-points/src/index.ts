export {
  createFaultPoints,
  type FaultPoint,
  FaultPointError,
  type FaultPoints,
  faultPoints,
  InvalidFaultError,
  noFaults,
} from './fault-points.js';
