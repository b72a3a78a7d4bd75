-- By hand: what schema.prisma cannot declare.

-- Uploads from before had one file each.
INSERT INTO "csv_upload_file" ("upload_id", "index", "row_count", "platform", "detection")
SELECT "id", 0, "row_count", "platform", "detection" FROM "csv_upload" WHERE "sealed_at" IS NOT NULL;
