// An old Node must not see anything but this line: the rest is imported when it has passed.
import '../launcher/check-node.cjs';

void import('./run.js').then(({ runProcess }) => runProcess());
