import * as z from 'zod/mini';
import { instantSchema, lineSchema, textSchema } from './scalars.js';

export const surveyAnswerSchema = z.object({
  /** Position of the question's column in the file, from 0. Answers are in the order of the file. */
  position: z.int().check(z.minimum(0)),
  question: lineSchema.check(z.minLength(1)),
  answer: textSchema.check(z.minLength(1)),
});

export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>;

/** A backer's answers for one pledge. Unanswered questions are left out. */
export const surveySchema = z.object({
  answeredAt: z.nullable(instantSchema),
  answers: z.array(surveyAnswerSchema),
});

export type SurveyRecord = z.infer<typeof surveySchema>;
