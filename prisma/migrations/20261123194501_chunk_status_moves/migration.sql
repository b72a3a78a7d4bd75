-- By hand: what schema.prisma cannot declare.

CREATE TRIGGER "csv_upload_chunk_status_moves" BEFORE UPDATE OF "status" ON "csv_upload_chunk"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION "refuse_illegal_move"(
    'PENDING PROCESSING', 'PENDING CANCELED',
    'PROCESSING PENDING', 'PROCESSING COMPLETED', 'PROCESSING FAILED', 'PROCESSING CANCELED',
    'FAILED PENDING');
