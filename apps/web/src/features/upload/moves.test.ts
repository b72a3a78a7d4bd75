import { describe, expect, it } from 'vitest';
import { type MovableUpload, movesOf } from './moves.js';

const ended: MovableUpload = {
  status: 'COMPLETED',
  sealed: true,
  review: false,
  rows: { total: 3, imported: 2, rejected: 1, leftOut: 0, open: 0 },
  chunks: { total: 1, pending: 0, processing: 0, completed: 1, failed: 0, canceled: 0 },
};
const of = (upload: Partial<MovableUpload>, scope: 'read' | 'write' | 'admin' = 'admin') => [
  ...movesOf({ ...ended, ...upload }, scope),
];

describe('The moves of an upload', () => {
  it('are those that its status allows', () => {
    expect(of({})).toEqual(['undo', 'remap', 'remove']);
    expect(of({ status: 'PROCESSING' })).toEqual(['cancel']);
    expect(of({ status: 'PENDING' })).toEqual(['cancel']);
    expect(of({ status: 'PENDING', sealed: false })).toEqual([]);
    expect(of({ status: 'NEEDS_MAPPING' })).toEqual(['cancel']);
    expect(of({ status: 'UNDONE' })).toEqual(['redo', 'remove']);
    expect(of({ status: 'UNDOING' })).toEqual([]);
    expect(of({ status: 'REMAPPING' })).toEqual([]);
    expect(of({ status: 'NEEDS_REVIEW', review: true })).toEqual([]);
  });

  it('have a retry only where a part has failed', () => {
    expect(of({ status: 'FAILED', chunks: { ...ended.chunks, failed: 1 } })).toEqual([
      'retry',
      'undo',
      'remap',
      'remove',
    ]);
    expect(of({ status: 'FAILED', rows: { ...ended.rows, imported: 0 } })).toEqual(['remap', 'remove']);
  });

  it('take nothing back of which nothing was written', () => {
    expect(of({ status: 'CANCELED', rows: { ...ended.rows, imported: 0 } })).toEqual(['remove']);
    // A review that has failed.
    expect(of({ status: 'FAILED', review: true })).toEqual(['remove']);
  });

  it('are none for a key that only reads, and nothing is deleted with one that only writes', () => {
    expect(of({}, 'read')).toEqual([]);
    expect(of({}, 'write')).toEqual(['undo', 'remap']);
  });
});
