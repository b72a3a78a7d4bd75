export {
  createFaultPoints,
  type FaultPoint,
  FaultPointError,
  faultPoints,
  InvalidFaultError,
  noFaults,
  type ReachFaultPoint,
} from './fault-points.js';
