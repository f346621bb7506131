import type { FormerDatabase } from "./former-site.ts"

type Size = { users: number; conversations: number }

/** Said in every answer; some five hundred characters. */
const words = "The model answers with a sentence of ordinary length, and then with another one. "

/**
 * Fills a former site by the database itself, which takes seconds. Some people owe something, some
 * names and addresses differ by case alone, some chats are broken: as on sites that are in use.
 */
export async function generateFormerSite(
  database: FormerDatabase,
  { users, conversations }: Size,
): Promise<void> {
  const chats = Math.ceil(conversations / users)
  const since = "date_add('2023-05-01', interval seq minute)"
  const statements = [
    `insert into auth (id, bind_id, username, token, email, password, is_admin, is_banned)
      select seq, seq, if(seq = 1, 'root', concat('person', seq)), sha2(seq, 256),
        concat('person', seq, '@example.test'), sha2(concat('password', seq), 256),
        seq % 1000 = 1, seq % 100 = 7 from seq_1_to_${users}`,
    `insert into quota (user_id, quota, used, created_at)
      select seq, if(seq % 50 = 3, -0.000001 * seq, seq * 1.234567), seq * 0.765432, ${since}
      from seq_1_to_${users}`,
    `insert into apikey (user_id, api_key) select seq, concat('sk-', sha2(concat('key', seq), 256))
      from seq_1_to_${users} where seq % 2 = 0`,
    `insert into subscription (user_id, level, expired_at, total_month)
      select seq, seq % 3 + 1, date_add('2026-01-31 12:00:00', interval seq hour), seq % 12
      from seq_1_to_${users} where seq % 5 = 0`,
    `insert into invitation (code, quota, type, used, used_id)
      select concat('gift-', left(sha2(seq, 256), 24)), 5, 'gift', seq % 2 = 0, if(seq % 2 = 0, seq, null)
      from seq_1_to_${users}`,
    `insert into redeem (code, quota, used)
      select concat('nio-', left(sha2(seq, 256), 32)), 10.5, seq % 3 = 0 from seq_1_to_${users}`,
    `insert into conversation (user_id, conversation_id, conversation_name, data, model, updated_at)
      select floor((seq - 1) / ${chats}) + 1, (seq - 1) % ${chats} + 1, concat('chat ', seq),
        if(seq % 5000 = 99, '[{"role":', concat('[', repeat(concat(
          '{"role":"user","content":"question ', seq, ' ', md5(seq), '"},',
          '{"role":"assistant","content":"', md5(seq), repeat('${words}', 6), '"},'), seq % 4 + 1),
          '{"role":"user","content":"and then?"},{"role":"assistant","content":"That was all."}]')),
        if(seq % 3 = 0, 'gpt-4o', 'claude-3-opus-20240229'), ${since}
      from seq_1_to_${conversations}`,
    `insert into sharing (hash, user_id, conversation_id, refs)
      select md5(seq), seq, 1, if(seq % 2 = 0, '-1', '0,1,99') from seq_1_to_${users} where seq % 10 = 0`,
    `insert into mask (user_id, avatar, name, description, context)
      select seq, '1f9d0', 'Translator', 'translates', '[{"role":"system","content":"You translate."}]'
      from seq_1_to_${users} where seq % 4 = 0`,
    `insert into broadcast (poster_id, content) values (1, 'Welcome.')`,
    `insert into package (user_id, type) select seq, 'cert' from seq_1_to_${users} where seq % 20 = 0`,
  ]
  for (const statement of statements) await database.query(statement)
}
