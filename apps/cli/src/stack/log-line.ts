import { z } from 'zod';

/** A log line of pino, with which API and worker log. */
const pinoLine = z.object({
  level: z.number(),
  time: z.union([z.number(), z.string()]),
  msg: z.string().default(''),
  err: z.object({ message: z.string().default(''), stack: z.string().optional() }).optional(),
  req: z.object({ method: z.string(), url: z.string() }).optional(),
  res: z.object({ statusCode: z.number() }).optional(),
});

const WARNING = 40;
const ERROR = 50;

/** Makes a line of a service's log readable. A line that is not from pino stays as it is. */
export function readableLogLine(line: string): string {
  const parsed = pinoLine.safeParse(jsonOrNull(line));
  if (!parsed.success) return line;
  const { level, time, msg, err, req, res } = parsed.data;
  const clock = new Date(time).toISOString().slice(11, 23);
  const weight = level >= ERROR ? 'ERROR ' : level >= WARNING ? 'warning ' : '';
  const http = [req && `${req.method} ${req.url}`, res?.statusCode].filter((part) => part !== undefined);
  const error = err === undefined ? '' : `: ${err.stack ?? err.message}`;
  return [clock, `${weight}${msg}${error}`, ...http].join(' ');
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
