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

export function StatusTag({ status }: Pick<Upload, 'status'>): ReactNode {
  const { texts } = useSpeech();
  return <span className={tones[status]}>{texts.upload.statuses[status]}</span>;
}
