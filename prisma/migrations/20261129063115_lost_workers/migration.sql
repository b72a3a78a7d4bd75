-- AlterTable
ALTER TABLE "csv_upload_chunk" ADD COLUMN     "lost_workers" INTEGER NOT NULL DEFAULT 0;
