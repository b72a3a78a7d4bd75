-- By hand: what schema.prisma cannot declare.

-- Chunks are large and short-lived: lz4 packs them several times faster than the default. Not every server has it.
DO $$
BEGIN
  ALTER TABLE "csv_upload_chunk" ALTER COLUMN "data" SET COMPRESSION lz4;
EXCEPTION
  WHEN feature_not_supported THEN NULL;
END
$$;

-- Every row is accounted for: the database refuses to call a chunk done when one is missing.
ALTER TABLE "csv_upload_chunk"
  ADD CONSTRAINT "csv_upload_chunk_imported_count_check" CHECK ("imported_count" >= 0),
  ADD CONSTRAINT "csv_upload_chunk_rejected_count_check" CHECK ("rejected_count" >= 0),
  ADD CONSTRAINT "csv_upload_chunk_every_row_check"
    CHECK ("status" <> 'COMPLETED' OR "imported_count" + "rejected_count" = "row_count");

ALTER TABLE "pledge_item"
  ADD CONSTRAINT "pledge_item_quantity_check" CHECK ("quantity" > 0);

-- Chunks write backers last, after the pledges that name them: chunks that share a backer wait for each other only then.
ALTER TABLE "pledge" ALTER CONSTRAINT "pledge_backer_id_fkey" DEFERRABLE INITIALLY DEFERRED;
