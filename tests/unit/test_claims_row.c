/*
 * report/claims_row: which lines of a document are claims, which name documents, and which neither.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "report/claims_row.h"

static const struct row {
	const char *line;
	const char *id; /* NULL: it is neither */
	bool document;
	const char *text, *not_shown, *states, *asks;
} rows[] = {
	{ "| D3-09 | it is so |\n", "D3-09", false, "it is so", NULL, NULL, NULL },
	{ "  | `FW2t-ACK` | x | y |\n", "FW2t-ACK", false, "x", NULL, NULL, NULL },
	{ "| ALL-SYN[FW1,FW2] | x |\n", "ALL-SYN", false, "x", NULL, "FW1,FW2", NULL },
	{ "| `ALL-SYN[EST]` | x | asks: reply |\n", "ALL-SYN", false, "x", NULL, "EST", "reply" },
	{ "| X-1 | x | y | asks: reply, state |\n", "X-1", false, "x", NULL, NULL, "reply, state" },
	{ "| X-1 | x | asks: a | y |\n", "X-1", false, "x", NULL, NULL, NULL },
	{ "| X-1 | x | y | asks:|", "X-1", false, "x", NULL, NULL, "" },
	{ "| MUST-13 | a | not shown: nobody can |\n", "MUST-13", false, "a", "nobody can", NULL,
	  NULL },
	{ "| MUST-13 | a | not shown:|\n", "MUST-13", false, "a", "", NULL, NULL },
	{ "| MUST-13 | a | it is not shown: no |\n", "MUST-13", false, "a", NULL, NULL, NULL },
	{ "| RFC5961-3.2a | a |\n", "RFC5961-3.2a", false, "a", NULL, NULL, NULL },
	{ "| RFC7323-B.2 | a |", "RFC7323-B.2", false, "a", NULL, NULL, NULL },
	{ "| D1-05a |\n", "D1-05a", false, "", NULL, NULL, NULL },
	{ "| RFC9293 | a title |\n", "RFC9293", true, "a title", NULL, NULL, NULL },
	{ "| RFC9293 |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| RFC9293 | |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| RFC5961-3. | a |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| -1 | a |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| X- | a |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| Xt-A | a |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "| id | text |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "|---|---|\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "|\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "MUST-13 | a |\n", NULL, false, NULL, NULL, NULL, NULL },
	{ "", NULL, false, NULL, NULL, NULL, NULL },
};

static void same(const char *seen, const char *wanted)
{
	if (!wanted)
		assert_null(seen);
	else
		assert_string_equal(seen, wanted);
}

static void test_rows(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct claims_row row;

		print_message("%s\n", rows[i].line);
		assert_int_equal(claims_row(rows[i].line, arena, &row), rows[i].id != NULL);
		if (!rows[i].id)
			continue;
		same(row.id, rows[i].id);
		same(row.text, rows[i].text);
		same(row.not_shown, rows[i].not_shown);
		same(row.states, rows[i].states);
		same(row.asks, rows[i].asks);
		assert_int_equal(row.document, rows[i].document);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
