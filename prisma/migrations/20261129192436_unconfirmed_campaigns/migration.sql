-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "unconfirmed" BOOLEAN NOT NULL DEFAULT false;
