import { notificationEvents } from '@pledgeline/db';
import { z } from 'zod';
import { rowCounts } from '../../contract/upload-answers.js';
import { count, id, instant, link, sentence } from '../../contract/values.js';

/** A notification as the feed and the event stream show it. */
export const notificationAnswer = z
  .strictObject({
    id,
    type: z.enum(notificationEvents).meta({ examples: ['upload.completed'] }),
    message: sentence,
    title: sentence,
    sentences: z.array(sentence),
    rows: rowCounts.nullable(),
    gone: z
      .strictObject({ marked: count, back: count })
      .nullable()
      .meta({ description: 'How many pledges are `GONE` since then, and how many are back.' }),
    fileIssues: z.strictObject({ count, errors: count, codes: z.array(z.string()) }).nullable(),
    uploadId: id.nullable(),
    createdAt: instant,
    readAt: instant.nullable(),
    links: z
      .strictObject({ page: link, upload: link, issues: link, mapping: link, changes: link, webhook: link })
      .partial()
      .meta({
        description:
          'Only those that show something to see or to do. `page` is for people, the others are for programs.',
      }),
  })
  .meta({ id: 'Notification' });
