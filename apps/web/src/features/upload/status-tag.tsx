import type { Upload } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { useSpeech } from '../../texts/texts.js';

const tones: Readonly<Record<Upload['status'], string>> = {
  PENDING: 'tag',
  PROCESSING: 'tag',
  COMPLETED: 'tag good',
  FAILED: 'tag wrong',
  CANCELED: 'tag',
  NEEDS_MAPPING: 'tag doubt',
  NEEDS_REVIEW: 'tag doubt',
  UNDOING: 'tag',
  UNDONE: 'tag',
  REMAPPING: 'tag',
};

export function StatusTag({ status, review }: Pick<Upload, 'status' | 'review'>): ReactNode {
  const { texts } = useSpeech();
  const isCompared = review && status === 'PROCESSING';
  return (
    <span className={tones[status]}>
      {isCompared ? texts.review.comparing : texts.upload.statuses[status]}
    </span>
  );
}
