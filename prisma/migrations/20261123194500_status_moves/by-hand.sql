-- By hand: what schema.prisma cannot declare.

-- The moves of packages/db/src/status/moves.ts, once more: a test compares the two. Whatever code forgets its condition,
-- a status never makes any other move.
CREATE FUNCTION "refuse_illegal_move"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status::text || ' ' || NEW.status::text = ANY (TG_ARGV) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING
    -- Not a violated check: those are taken for a fault in the data, and the row for a reject.
    ERRCODE = 'object_not_in_prerequisite_state',
    MESSAGE = format('%s %s may not move from %s to %s', TG_TABLE_NAME, OLD.id, OLD.status, NEW.status),
    HINT = 'The allowed moves are in packages/db/src/status/moves.ts.';
END
$$;

CREATE TRIGGER "csv_upload_status_moves" BEFORE UPDATE OF "status" ON "csv_upload"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION "refuse_illegal_move"(
    'PENDING PROCESSING', 'PENDING NEEDS_MAPPING', 'PENDING FAILED', 'PENDING CANCELED',
    'NEEDS_MAPPING PENDING', 'NEEDS_MAPPING CANCELED',
    'PROCESSING COMPLETED', 'PROCESSING FAILED', 'PROCESSING CANCELED',
    'FAILED PROCESSING');
