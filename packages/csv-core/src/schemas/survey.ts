import { z } from 'zod';
import { instantSchema, lineSchema, textSchema } from './scalars.js';

export const surveyAnswerSchema = z.object({
  /** Position of the question's column in the file, from 0. Answers are in the order of the file. */
  position: z.int().min(0),
  question: lineSchema.min(1),
  answer: textSchema.min(1),
});

export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>;

/** A backer's answers for one pledge. Unanswered questions are left out. */
export const surveySchema = z.object({
  answeredAt: instantSchema.nullable(),
  answers: z.array(surveyAnswerSchema),
});

export type SurveyRecord = z.infer<typeof surveySchema>;
