import type { EventConfig } from "./config.ts";
import type { Database } from "./engines/duckdb.ts";
import { platformKeys } from "./import/posts/platforms.ts";
import { Pseudonyms } from "./import/privacy/privacy.ts";

/**
 * Finds the posts of the accounts that event.yaml gives to its subjects: `parties(subject, account)` and `party_posts(row_no, subject, account)`.
 * An account is given by its name or by its id on any platform; masked names do not hide it, because keyed hashes are compared.
 */
export async function markParties(database: Database, { subjects }: EventConfig, key: Uint8Array): Promise<void> {
  const pseudonyms = new Pseudonyms(key);
  const rows = subjects.flatMap(({ name, accounts }) => accounts.map((account) => ({ name, account })));
  await database.run("CREATE TABLE parties (subject VARCHAR, account VARCHAR)");
  await database.run("CREATE TABLE party_keys (subject VARCHAR, account VARCHAR, author VARCHAR)");
  for (const { name, account } of rows) {
    await database.run("INSERT INTO parties VALUES ($1, $2)", [name, account]);
    const keys = ["", ...platformKeys()].map((platform) => pseudonyms.of(`${platform}\u0000${account}`));
    await database.run(`INSERT INTO party_keys SELECT $1, $2, unnest([${keys.map((_, i) => `$${i + 3}`).join(", ")}])`, [name, account, ...keys]);
  }
  await database.run(
    rows.length === 0
      ? "CREATE TABLE party_posts (row_no BIGINT, subject VARCHAR, account VARCHAR)"
      : `CREATE TABLE party_posts AS
          SELECT s.row_no, k.subject, k.account FROM merged m JOIN scored s ON s.row_no = m.row_no JOIN party_keys k ON k.author = m.author
          UNION SELECT s.row_no, k.subject, k.account FROM merged m JOIN scored s ON s.row_no = m.row_no JOIN party_keys k ON k.author = m.author_name_key
          UNION SELECT s.row_no, p.subject, p.account FROM scored s JOIN parties p ON p.account = s.author_name`,
  );
}
