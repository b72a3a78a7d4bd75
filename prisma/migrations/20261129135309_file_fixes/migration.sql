-- AlterTable
ALTER TABLE "csv_upload_file" ADD COLUMN     "fixes" UUID;

-- CreateIndex
CREATE INDEX "csv_upload_file_fixes_idx" ON "csv_upload_file"("fixes") WHERE (fixes IS NOT NULL);
