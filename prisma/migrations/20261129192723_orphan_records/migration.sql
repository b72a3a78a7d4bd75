-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "has_orphan_records" BOOLEAN NOT NULL DEFAULT false;
