/*
 * author/pieces: scripts that are cut, put together without some of their pieces, and renumbered as
 * if the bytes of those had never been sent.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "author/one_row.h"
#include "author/pieces.h"

enum { PIECES = 32 };

static const struct defines none;

static struct arena *arena;
static enum fate fates[PIECES];
static uint32_t begins[PIECES];

static struct pieces cut(const char *text, size_t want)
{
	struct pieces pieces;

	assert_null(pieces_cut(&pieces, arena, "x.pkt", text, &none));
	assert_int_equal(pieces.count, want);
	for (size_t i = 0; i < pieces.count; i++)
		fates[i] = PIECE_KEPT;
	return pieces;
}

static void assert_text(const struct pieces *pieces, const char *want)
{
	assert_string_equal(pieces_text(pieces, fates, arena, begins), want);
}

/*
 * Comments go with what follows them, but for those at the head; an event may have several lines.
 */
static void test_cutting(void **state)
{
	(void)state;
	const char *text = "// head\n\nsysctl net.ipv4.tcp_sack = 0\n"
			   "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
			   "// why\n\n+0 setsockopt(3, SOL_SOCKET, SO_LINGER,\n"
			   "   {onoff=1, linger=0}, 8) = 0\n+0 close(3) = 0  // end";
	struct pieces pieces = cut(text, 5);
	assert_text(&pieces, text);
	assert_true(pieces.list[0].fixed);
	assert_false(pieces.list[1].fixed);
	fates[1] = fates[3] = PIECE_GONE;
	assert_text(&pieces, "// head\n\n+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
	                     "+0 close(3) = 0  // end");
	assert_int_equal(pieces_at(&pieces, fates, begins, begins[4] + 3), 4);
	assert_int_equal(pieces_at(&pieces, fates, begins, begins[2]), 2);
}

#define EXCHANGE                                           \
	"+0 < S 0:0(0) win 9 <mss 1000>\n"                 \
	"+0 > S. 0:0(0) ack 1 <...>\n"                     \
	"+0 < P. 1:101(100) ack 1 win 9\n"                 \
	"+0 > . 1:1(0) ack 101\n"                          \
	"+0 write(4, ..., 50) = 50\n"                      \
	"+0 > P. 1:51(50) ack 101\n"                       \
	"+0 < . 101:101(0) ack 51 win 9\n"                 \
	"+0 < P. 201:301(100) ack 51 win 9\n"              \
	"+0 > . 51:51(0) ack 101 <nop,nop,sack 201:301>\n" \
	"+0 close(4) = 0\n"                                \
	"+0 > F. 51:51(0) ack 101\n"                       \
	"+0 < . 101:101(0) ack 52 win 9\n"

/* Each side has numbers of its own: its segments, the other's ACKs and SACKs. */
static void test_renumbering(void **state)
{
	struct pieces pieces = cut(EXCHANGE, 12);

	(void)state;
	fates[2] = fates[3] = fates[4] = fates[5] = fates[6] = PIECE_GONE;
	assert_text(&pieces, "+0 < S 0:0(0) win 9 <mss 1000>\n"
	                     "+0 > S. 0:0(0) ack 1 <...>\n"
	                     "+0 < P. 101:201(100) ack 1 win 9\n"
	                     "+0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>\n"
	                     "+0 close(4) = 0\n"
	                     "+0 > F. 1:1(0) ack 1\n"
	                     "+0 < . 1:1(0) ack 2 win 9\n");
}

/* What another segment still carries is not gone; a FIN takes up one number. */
static void test_repeated(void **state)
{
	struct pieces pieces = cut("+0 > P. 1:51(50) ack 1\n"
	                           "+.2~+.3 > P. 1:51(50) ack 1\n"
	                           "+0 > F. 51:51(0) ack 1\n"
	                           "+0 < . 1:1(0) ack 52 win 9\n",
	                           4);

	(void)state;
	fates[0] = PIECE_GONE;
	assert_text(&pieces, "+.2~+.3 > P. 1:51(50) ack 1\n+0 > F. 51:51(0) ack 1\n"
	                     "+0 < . 1:1(0) ack 52 win 9\n");
	fates[1] = PIECE_GONE;
	assert_text(&pieces, "+0 > F. 1:1(0) ack 1\n+0 < . 1:1(0) ack 2 win 9\n");
	fates[2] = PIECE_GONE;
	assert_text(&pieces, "+0 < . 1:1(0) ack 1 win 9\n");
}

/* Connections by their ports; numbers of the wire stay. */
static void test_connections(void **state)
{
	struct pieces pieces = cut("+0 < 5001 > 8080 P. 1:11(10) ack 1 win 9\n"
	                           "+0 > 8080 > 5001 . 1:1(0) ack 11\n"
	                           "+0 > 8080 > 5002 . 1:1(0) ack 11\n"
	                           "+0 < 5001 > 8080 R 11:11(0)! ack 0 win 0\n",
	                           4);

	(void)state;
	fates[0] = PIECE_GONE;
	assert_text(&pieces, "+0 > 8080 > 5001 . 1:1(0) ack 1\n"
	                     "+0 > 8080 > 5002 . 1:1(0) ack 11\n"
	                     "+0 < 5001 > 8080 R 11:11(0)! ack 0 win 0\n");
}

static void test_shrinking(void **state)
{
	struct pieces pieces = cut(EXCHANGE, 12);

	(void)state;
	assert_false(pieces_shrink(&pieces, 1, fates));
	assert_true(pieces_shrink(&pieces, 5, fates));
	assert_false(pieces_shrink(&pieces, 5, fates));
	assert_true(pieces_shrink(&pieces, 7, fates));
	assert_text(&pieces, "+0 < S 0:0(0) win 9 <mss 1000>\n"
	                     "+0 > S. 0:0(0) ack 1 <...>\n"
	                     "+0 < P. 1:101(100) ack 1 win 9\n"
	                     "+0 > . 1:1(0) ack 101\n"
	                     "+0 write(4, ..., 1) = 1\n"
	                     "+0 > P. 1:2(1) ack 101\n"
	                     "+0 < . 101:101(0) ack 2 win 9\n"
	                     "+0 < P. 201:202(1) ack 2 win 9\n"
	                     "+0 > . 2:2(0) ack 101 <nop,nop,sack 201:202>\n"
	                     "+0 close(4) = 0\n"
	                     "+0 > F. 2:2(0) ack 101\n"
	                     "+0 < . 101:101(0) ack 3 win 9\n");
}

static void test_refused(void **state)
{
	struct pieces pieces;

	(void)state;
	assert_string_equal(pieces_cut(&pieces, arena, "x.pkt", "+0 close(3 = 0\n", &none),
	                    "it has errors");
	assert_null(pieces_cut(&pieces, arena, "x.pkt", "", &none));
	assert_int_equal(pieces.count, 0);
}

/* Cells stand in the place of their columns, but not in strings and comments; "" is no action. */
static void test_rows(void **state)
{
	const char *table = "// n\ncases  n   size  answer\n       // two\n       a   10    \"\"\n"
			    "       b   20    \"> . 1:1(0) ack \\\"1\\\"\"\n\n"
			    "+0 write(4, \"n\", size) = size  // size\n+.1 answer\n+0 no(n)\n";

	struct pieces pieces;

	(void)state;
	assert_int_equal(one_row_count(table, arena), 2);
	assert_int_equal(one_row_count("+0 close(3) = 0\n", arena), 0);
	assert_string_equal(one_row_written(table, arena, 0),
	                    "// n\n\n+0 write(4, \"n\", 10) = 10  // size\n+0 no(a)\n");
	assert_string_equal(one_row_written(table, arena, 1),
	                    "// n\n\n+0 write(4, \"n\", 20) = 20  // size\n"
	                    "+.1 > . 1:1(0) ack \"1\"\n+0 no(b)\n");
	const char *one = one_row_text(table, arena, 1);
	assert_int_equal(one_row_count(one, arena), 1);
	assert_non_null(strstr(one, "answer\n       b   20"));
	assert_null(pieces_cut(&pieces, arena, "x.pkt",
	                       "cases n  fd\n      a  4\n\n+0 close(fd) = -1 EBADF\n", &none));
}

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cutting),   cmocka_unit_test(test_renumbering),
		cmocka_unit_test(test_repeated),  cmocka_unit_test(test_connections),
		cmocka_unit_test(test_shrinking), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests(tests, open_arena, free_arena);
}
