import type { Database } from "../engines/duckdb.ts";
import type { Field, Polarity } from "../schema.ts";
import type { AuditItem } from "./contract.ts";

/** Posts of one text in one field: for an annotator they are one and the same. */
export interface FrameText {
  /** First post read of them. */
  id: string;
  text_key: string;
  field: Field;
  /** text_key of the head of the near-duplicate cluster. */
  cluster: string;
  posts: number;
  predicted: Polarity;
  /** Predicted probabilities, as in AuditItem. */
  micro: AuditItem["micro"];
}

/** All posts with own words and a scored mood, ordered by text and field. Reads `scored`, `texts`, `text_clusters`. */
export async function readFrame(database: Database): Promise<FrameText[]> {
  const rows = await database.rows<{ id: string; text_key: string; field: Field; cluster: string; posts: number; predicted: Polarity; positive_micro: number; negative_micro: number }>(`
    SELECT arg_min(s.id, s.row_no) AS id, t.text_key, s.field, h.text_key AS cluster, count(*) AS posts, t.polarity AS predicted, t.positive_micro, t.negative_micro
    FROM scored s JOIN texts t ON t.text_no = s.text_no JOIN text_clusters c ON c.text_no = t.text_no JOIN texts h ON h.text_no = c.head_no
    WHERE s.worded = 1 AND t.polarity IS NOT NULL
    GROUP BY t.text_key, s.field, h.text_key, t.polarity, t.positive_micro, t.negative_micro ORDER BY t.text_key, s.field`);
  return rows.map(({ positive_micro, negative_micro, ...row }) => ({ ...row, micro: [positive_micro, 1_000_000 - positive_micro - negative_micro, negative_micro] }));
}
