/* wire/tcp_options: words to bytes, bytes to words, and what walks them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/tcp_options.h"

#define NUMBER(value)                                                  \
	{                                                              \
		.kind = OPTION_NUMBER, .text = #value, .number = value \
	}
#define PAIR(left, right)                                                           \
	{                                                                           \
		.kind = OPTION_PAIR, .text = #left, .number = left, .second = right \
	}
#define TEXT(word)                                \
	{                                         \
		.kind = OPTION_TEXT, .text = word \
	}
#define ANY                                     \
	{                                       \
		.kind = OPTION_ANY, .text = "*" \
	}

enum { WORDS_MAX = 12 };

struct row {
	const char *name;
	struct tcp_option_word words[WORDS_MAX];
	size_t count;
	const char *want; /* as digits; or the message */
	int bad;
	const char *printed; /* NULL: "<name words>" has no one form, or bytes are open */
};

static void to_hex(const uint8_t *bytes, size_t length, char *text)
{
	text[0] = '\0';
	for (size_t i = 0; i < length; i++)
		sprintf(text + 2 * i, "%02x", bytes[i]);
}

static const struct row good[] = {
	/* clang-format off */
	{ .name = "eol", .want = "00", .printed = "<eol>" },
	{ .name = "nop", .want = "01", .printed = "<nop>" },
	{ .name = "mss", { NUMBER(1460) }, 1, "020405b4", .printed = "<mss 1460>" },
	{ .name = "mss", { NUMBER(0) }, 1, "02040000", .printed = "<mss 0>" },
	{ .name = "mss", { NUMBER(65535) }, 1, "0204ffff", .printed = "<mss 65535>" },
	{ .name = "wscale", { NUMBER(255) }, 1, "0303ff", .printed = "<wscale 255>" },
	{ .name = "sackOK", .want = "0402", .printed = "<sackOK>" },
	{ .name = "sack", { PAIR(1, 1001) }, 1, "050a00000001000003e9", .printed = "<sack 1:1001>" },
	{ .name = "sack", { PAIR(1, 2), PAIR(3, 4), PAIR(5, 6), PAIR(4294967295, 0) }, 4,
	  "05220000000100000002000000030000000400000005"
	  "00000006ffffffff00000000", .printed = "<sack 1:2 3:4 5:6 4294967295:0>" },
	{ .name = "TS", { TEXT("val"), NUMBER(100), TEXT("ecr"), NUMBER(4294967295) }, 4,
	  "080a00000064ffffffff", .printed = "<TS val 100 ecr 4294967295>" },
	{ .name = "md5", { TEXT("000102030405060708090A0B0C0D0E0F") }, 1,
	  "1312000102030405060708090a0b0c0d0e0f",
	  .printed = "<md5 000102030405060708090a0b0c0d0e0f>" },
	{ .name = "FO", .want = "2202", .printed = "<FO>" },
	{ .name = "FO", { TEXT("a1b2c3d4") }, 1, "2206a1b2c3d4", .printed = "<FO a1b2c3d4>" },
	{ .name = "FO", { NUMBER(12345678) }, 1, "220612345678", .printed = "<FO 12345678>" },
	{ .name = "FOEXP", .want = "fe04f989", .printed = "<FOEXP>" },
	{ .name = "FOEXP", { TEXT("00abAA") }, 1, "fe07f98900abaa", .printed = "<FOEXP 00abaa>" },
	{ .name = "ECN", .want = "ac02", .printed = "<ECN>" },
	{ .name = "ECN", { TEXT("e0b"), NUMBER(1) }, 2, "ac05000001", .printed = "<ECN e0b 1>" },
	{ .name = "ECN", { TEXT("e0b"), NUMBER(1), TEXT("ceb"), NUMBER(2), TEXT("e1b"), NUMBER(16777215) },
	  6, "ac0b000001000002ffffff", .printed = "<ECN e0b 1 ceb 2 e1b 16777215>" },
	{ .name = "ECN", { TEXT("e1b"), NUMBER(1), TEXT("ceb"), NUMBER(2) }, 4, "ae08000001000002",
	  .printed = "<ECN e1b 1 ceb 2>" },
	{ .name = "opt", { NUMBER(253), TEXT("a1b2") }, 2, "fd04a1b2", .printed = "<opt 253 a1b2>" },
	{ .name = "opt", { NUMBER(2), NUMBER(10) }, 2, "020310", .printed = "<opt 2 10>" },
	{ .name = "opt", { NUMBER(255) }, 1, "ff02", .printed = "<opt 255>" },
	{ .name = "opt", { NUMBER(174) }, 1, "ae02", .printed = "<AccECN1>" },
	{ .name = "AccECN0", { TEXT("ee0b"), NUMBER(1), TEXT("eceb"), NUMBER(2), TEXT("ee1b"), NUMBER(3) },
	  6, "ac0b000001000002000003", .printed = "<ECN e0b 1 ceb 2 e1b 3>" },
	{ .name = "exp-FO", { TEXT("a1b2") }, 1, "fe06f989a1b2", .printed = "<FOEXP a1b2>" },
	{ .name = "exp-AccECN0", { TEXT("ee0b"), NUMBER(1) }, 2, "fe07acc0000001",
	  .printed = "<exp-AccECN0 ee0b 1>" },
	{ .name = "exp-AccECN1", .want = "fe04acc1", .printed = "<exp-AccECN1>" },
	{ .name = "opt", { NUMBER(254), TEXT("f98a00") }, 2, "fe05f98a00", .printed = "<opt 254 f98a00>" },
	{ .name = "opt", { NUMBER(254), TEXT("f9") }, 2, "fe03f9", .printed = "<opt 254 f9>" },
	{ .name = "gen-253", { TEXT("a1b2") }, 1, "fd04a1b2", .printed = "<opt 253 a1b2>" },
	{ .name = "gen-2", { NUMBER(10) }, 1, "020310", .printed = "<opt 2 10>" },
	{ .name = "exp-00AC", { TEXT("0a") }, 1, "fe0500ac0a", .printed = "<exp-tarr 5>" },
	{ .name = "exp-f98a", .want = "fe04f98a", .printed = "<opt 254 f98a>" },
	{ .name = "exp-0", .want = "fe040000", .printed = "<opt 254 0000>" },
	{ .name = "EXP-FO", .want = "fe04f989", .printed = "<FOEXP>" },
	{ .name = "exp-tarr", .want = "fe0400ac", .printed = "<exp-tarr>" },
	{ .name = "exp-tarr", { NUMBER(127) }, 1, "fe0500acfe", .printed = "<exp-tarr 127>" },
	{ .name = "020405B4", .want = "020405b4", .printed = "<mss 1460>" },
	{ .name = "01", .want = "01", .printed = "<nop>" },
	{ .name = "md5", { TEXT("valid") }, 1, "131200000000000000000000000000000000",
	  .printed = "<md5 00000000000000000000000000000000>" },
	{ .name = "raw", { TEXT("0201") }, 1, "0201", .printed = "<raw 0201>" },
	{ .name = "raw", { TEXT("08") }, 1, "08", .printed = "<raw 08>" },
	{ .name = "raw", { TEXT("0820aabb") }, 1, "0820aabb", .printed = "<raw 0820aabb>" },
	/* clang-format on */
};

static void test_words_to_bytes_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const struct row *row = &good[i];
		struct tcp_option_bytes options = { .length = 0 };
		char why[128] = "", hex[2 * TCP_OPTIONS_MAX + 1], text[SEGMENT_TEXT];
		int bad = 77;

		assert_null(
			tcp_option_append(&options, row->name, row->words, row->count, &bad, why));
		to_hex(options.bytes, options.length, hex);
		assert_string_equal(hex, row->want);
		for (size_t j = 0; j < options.length; j++)
			assert_int_equal(options.any[j], 0);
		tcp_options_print(options.bytes, options.length, text, sizeof(text));
		assert_string_equal(text, row->printed);
	}
}

/* What a report calls an option, also one with a length that its row does not allow. */
static void test_labels(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *label;
	} rows[] = {
		{ "\1", 1, "option nop" },
		{ "\2\4\5\264", 4, "option mss" },
		{ "\2\3\5", 3, "option mss" },
		{ "\10\12\0\0\0\144\0\0\0\310", 10, "option TS" },
		{ "\42\6\1\2\3\4", 6, "option FO" },
		{ "\376\4\371\211", 4, "option FOEXP" },
		{ "\376\5\0\254\12", 5, "option exp-tarr" },
		{ "\376\4\254\300", 4, "option exp-AccECN0" },
		{ "\376\4\1\2", 4, "experimental option" },
		{ "\254\2", 2, "option ECN" },
		{ "\34\4\0\5", 4, "option" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tcp_option_view view;
		size_t offset = 0;
		bool bad = false;

		assert_true(tcp_option_next((const uint8_t *)rows[i].bytes, rows[i].length, &offset,
		                            &view, &bad));
		assert_string_equal(tcp_option_label(&view), rows[i].label);
	}
}

static const struct row wrong[] = {
	/* clang-format off */
	{ .name = "Mss", .bad = -1, .want = "there is no TCP option 'Mss'" },
	{ .name = "", .bad = -1, .want = "there is no TCP option ''" },
	{ .name = "gen-256", .bad = -1, .want = "there is no TCP option 'gen-256'" },
	{ .name = "gen-", .bad = -1, .want = "there is no TCP option 'gen-'" },
	{ .name = "gen-5x", .bad = -1, .want = "there is no TCP option 'gen-5x'" },
	{ .name = "exp-10000", .bad = -1, .want = "there is no TCP option 'exp-10000'" },
	{ .name = "exp-tarr", { NUMBER(128) }, 1, "exp-tarr is 128, not in 0..127" },
	{ .name = "020", .bad = -1, .want = "raw needs an even number of hexadecimal digits" },
	{ .name = "0204", { NUMBER(5) }, 1, .bad = -1, .want = "there is no TCP option '0204'" },
	{ .name = "mss", .bad = -1, .want = "mss needs a number" },
	{ .name = "mss", { NUMBER(65536) }, 1, "mss is 65536, not in 0..65535" },
	{ .name = "mss", { NUMBER(-1) }, 1, "mss is -1, not in 0..65535" },
	{ .name = "mss", { TEXT("abc") }, 1, "mss needs a number here" },
	{ .name = "mss", { PAIR(1, 2) }, 1, "mss needs a number here" },
	{ .name = "mss", { NUMBER(1), NUMBER(2) }, 2, "mss takes no more here", 1 },
	{ .name = "wscale", { NUMBER(256) }, 1, "wscale is 256, not in 0..255" },
	{ .name = "nop", { NUMBER(1) }, 1, "nop takes no value" },
	{ .name = "sackOK", { NUMBER(1) }, 1, "sackOK takes no value" },
	{ .name = "sack", .bad = -1, .want = "sack needs a block like 1001:2001" },
	{ .name = "sack", { PAIR(1, 2), NUMBER(3) }, 2, "sack needs blocks like 1001:2001", 1 },
	{ .name = "sack", { PAIR(4294967296, 2) }, 1, "sack left edge is 4294967296, not in 0..4294967295" },
	{ .name = "sack", { PAIR(1, 2), PAIR(2, -3) }, 2, "sack right edge is -3, not in 0..4294967295", 1 },
	{ .name = "sack", { PAIR(1, 2), PAIR(1, 2), PAIR(1, 2), PAIR(1, 2), PAIR(1, 2) }, 5,
	  "sack takes no more here", 4 },
	{ .name = "TS", .bad = -1, .want = "TS needs val" },
	{ .name = "TS", { NUMBER(1), TEXT("ecr"), NUMBER(2) }, 3, "TS needs val here" },
	{ .name = "TS", { TEXT("ecr"), NUMBER(1), TEXT("val"), NUMBER(2) }, 4, "TS needs val here" },
	{ .name = "TS", { TEXT("val"), NUMBER(1) }, 2, "TS needs ecr", -1 },
	{ .name = "TS", { TEXT("val") }, 1, "val needs a number", 0 },
	{ .name = "TS", { TEXT("val"), TEXT("ecr") }, 2, "TS needs a number here", 1 },
	{ .name = "TS", { TEXT("val"), NUMBER(1), TEXT("ecr"), NUMBER(4294967296) }, 4,
	  "TS ecr is 4294967296, not in 0..4294967295", 3 },
	{ .name = "FO", { TEXT("abc") }, 1, "FO needs an even number of hexadecimal digits" },
	{ .name = "FO", { TEXT("abcg") }, 1, "FO: 'g' is no hexadecimal digit" },
	{ .name = "FO", { TEXT("0x12") }, 1, "FO: 'x' is no hexadecimal digit" },
	{ .name = "FO", { PAIR(1, 2) }, 1, "FO needs hexadecimal digits here" },
	{ .name = "FO", { TEXT("ab"), TEXT("cd") }, 2, "FO takes no more here", 1 },
	{ .name = "md5", { TEXT("000102030405060708090a0b0c0d0e0f10") }, 1, "md5 has 17 bytes, more than 16" },
	{ .name = "ECN", { TEXT("ceb"), NUMBER(1) }, 2, "ECN needs e0b here" },
	{ .name = "ECN", { TEXT("e1b"), NUMBER(1), TEXT("e0b"), NUMBER(1) }, 4, "ECN needs ceb here", 2 },
	{ .name = "ECN", { TEXT("e1b"), NUMBER(16777216) }, 2, "ECN e1b is 16777216, not in 0..16777215", 1 },
	{ .name = "opt", .bad = -1, .want = "opt needs the option's kind" },
	{ .name = "opt", { TEXT("a1") }, 1, "opt needs the option's kind" },
	{ .name = "opt", { NUMBER(1), TEXT("a1") }, 2, "opt kind is 1, not in 2..255" },
	{ .name = "opt", { NUMBER(256) }, 1, "opt kind is 256, not in 2..255" },
	{ .name = "opt", { NUMBER(253), ANY }, 2, "opt needs hexadecimal digits here", 1 },
	{ .name = "raw", .bad = -1, .want = "raw needs hexadecimal digits" },
	/* clang-format on */
};

static void test_wrong_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const struct row *row = &wrong[i];
		struct tcp_option_bytes options = { .length = 1, .bytes = { 1 } }, before = options;
		char why[128] = "";
		int bad = 77;
		const char *message =
			tcp_option_append(&options, row->name, row->words, row->count, &bad, why);

		assert_non_null(message);
		assert_string_equal(message, row->want);
		assert_int_equal(bad, row->bad);
		assert_memory_equal(&options, &before, sizeof(options));
	}
}

static void assert_any(const char *name, const struct tcp_option_word *words, size_t count,
                       const char *bytes, const char *mask)
{
	struct tcp_option_bytes options = { .length = 0 };
	char why[128], hex[2 * TCP_OPTIONS_MAX + 1];
	int bad;

	assert_null(tcp_option_append(&options, name, words, count, &bad, why));
	to_hex(options.bytes, options.length, hex);
	assert_string_equal(hex, bytes);
	to_hex(options.any, options.length, hex);
	assert_string_equal(hex, mask);
}

static void test_wildcards(void **state)
{
	(void)state;
	assert_any("mss", (struct tcp_option_word[]){ ANY }, 1, "02040000", "0000ffff");
	assert_any("TS", (struct tcp_option_word[]){ TEXT("val"), ANY, TEXT("ecr"), NUMBER(7) }, 4,
	           "080a0000000000000007", "0000ffffffff00000000");
	assert_any("TS", (struct tcp_option_word[]){ TEXT("val"), NUMBER(7), TEXT("ecr"), ANY }, 4,
	           "080a0000000700000000", "000000000000ffffffff");
	assert_any("sack", (struct tcp_option_word[]){ PAIR(1, 2), ANY }, 2,
	           "051200000001000000020000000000000000", "00000000000000000000ffffffffffffffff");
	assert_any("FO", (struct tcp_option_word[]){ ANY }, 1, "220a0000000000000000",
	           "0000ffffffffffffffff");
	assert_any("FOEXP", (struct tcp_option_word[]){ ANY }, 1, "fe0cf9890000000000000000",
	           "00000000ffffffffffffffff");
	assert_any("ECN", (struct tcp_option_word[]){ TEXT("e1b"), ANY, TEXT("ceb"), NUMBER(3) }, 4,
	           "ae08000000000003", "0000ffffff000000");
}

static void test_forty_bytes(void **state)
{
	static const struct tcp_option_word cookie =
		TEXT("000102030405060708090a0b0c0d0e0f10111213141516"
	             "1718191a1b1c1d1e1f202122232425");
	static const struct tcp_option_word longer =
		TEXT("000102030405060708090a0b0c0d0e0f10111213141516"
	             "1718191a1b1c1d1e1f20212223242526");
	struct tcp_option_bytes options = { .length = 0 };
	char why[128];
	int bad;

	(void)state;
	for (int i = 0; i < TCP_OPTIONS_MAX; i++)
		assert_null(tcp_option_append(&options, "nop", NULL, 0, &bad, why));
	assert_int_equal(options.length, 40);
	assert_string_equal(tcp_option_append(&options, "nop", NULL, 0, &bad, why),
	                    "nop takes 1 of the 40 bytes for options, and 0 are left");
	assert_int_equal(bad, -1);
	assert_int_equal(options.length, 40);

	options.length = 0;
	assert_null(tcp_option_append(&options, "FO", &cookie, 1, &bad, why));
	assert_int_equal(options.length, 40);
	options.length = 0;
	assert_non_null(tcp_option_append(&options, "FO", &longer, 1, &bad, why));
	assert_non_null(tcp_option_append(&options, "FOEXP", &cookie, 1, &bad, why));
	assert_int_equal(options.length, 0);
	assert_null(tcp_option_append(&options, "raw", &longer, 1, &bad, why));
	assert_int_equal(options.length, 39);
}

static void test_names(void **state)
{
	static const char *const known[] = {
		"eol",     "nop",    "mss",         "wscale",      "sackOK", "sack",
		"TS",      "md5",    "FO",          "FOEXP",       "ECN",    "AccECN0",
		"AccECN1", "exp-FO", "exp-AccECN0", "exp-AccECN1", "opt",    "raw",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t j = 0;

		while (tcp_option_name(j) && strcmp(tcp_option_name(j), known[i]))
			j++;
		assert_non_null(tcp_option_name(j));
	}
	assert_null(tcp_option_name(1000));
}

static void assert_prints(const char *want, const uint8_t *options, size_t length)
{
	char text[SEGMENT_TEXT];

	assert_ptr_equal(tcp_options_print(options, length, text, sizeof(text)), text);
	assert_string_equal(text, want);
}

#define BYTES(...) (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ })

static void test_print_lists(void **state)
{
	(void)state;
	assert_prints("", NULL, 0);
	assert_prints("<mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>",
	              BYTES(2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7));
	assert_prints("<nop,eol>", BYTES(1, 0, 0, 0));
	assert_prints("<eol,raw 0007>", BYTES(0, 0, 7, 0));
	assert_prints("<nop,raw 0203>", BYTES(1, 2, 3));
	assert_prints("<nop,raw 08>", BYTES(1, 8));
	assert_prints("<nop,raw 08000102>", BYTES(1, 8, 0, 1, 2));
	assert_prints("<raw 05>", BYTES(5, 0));
	assert_prints("<opt 2 05>", BYTES(2, 3, 5));
	assert_prints("<opt 4 05>", BYTES(4, 3, 5));
	assert_prints("<opt 5>", BYTES(5, 2));
	assert_prints("<opt 5 000000010000000200>", BYTES(5, 11, 0, 0, 0, 1, 0, 0, 0, 2, 0));
	assert_prints("<opt 172 0102>", BYTES(172, 4, 1, 2));
}

static void test_print_stays_in_its_buffer(void **state)
{
	uint8_t options[TCP_OPTIONS_MAX];

	(void)state;
	memset(options, TCPOPT_KIND_NOP, sizeof(options));
	for (size_t size = 0; size < 200; size++) {
		char *text = malloc(size + 1);

		text[size] = '#';
		tcp_options_print(options, sizeof(options), text, size);
		assert_int_equal(text[size], '#');
		if (size > 0)
			assert_int_equal(strlen(text), size - 1 < 161 ? size - 1 : 161);
		free(text);
	}
}

static void test_next(void **state)
{
	static const uint8_t options[] = { 1, 3, 3, 7, 0, 9 };
	struct tcp_option_view view;
	size_t offset = 0;
	bool bad = true;

	(void)state;
	assert_true(tcp_option_next(options, 6, &offset, &view, &bad));
	assert_false(bad);
	assert_int_equal(view.kind, 1);
	assert_int_equal(view.length, 1);
	assert_true(tcp_option_next(options, 6, &offset, &view, &bad));
	assert_int_equal(view.kind, 3);
	assert_int_equal(view.length, 3);
	assert_ptr_equal(view.bytes, options + 1);
	assert_true(tcp_option_next(options, 6, &offset, &view, &bad));
	assert_int_equal(view.kind, 0);
	assert_int_equal(view.length, 1);
	assert_false(tcp_option_next(options, 6, &offset, &view, &bad));
	assert_false(bad);
}

static void assert_malformed(const uint8_t *options, size_t length)
{
	struct tcp_option_view view;
	size_t offset = 0;
	bool bad = false;

	assert_false(tcp_option_next(options, length, &offset, &view, &bad));
	assert_true(bad);
}

static void test_next_stops_at_malformed_lengths(void **state)
{
	(void)state;
	assert_malformed(BYTES(2));
	assert_malformed(BYTES(2, 0, 0, 0));
	assert_malformed(BYTES(2, 1, 0, 0));
	assert_malformed(BYTES(2, 5, 0, 0));
	assert_malformed(BYTES(2, 255));
}

static struct tcp_header header_with(const uint8_t *options, size_t length)
{
	struct tcp_header tcp = { .options_length = (uint8_t)length };

	memcpy(tcp.options, options, length);
	return tcp;
}

static void test_find(void **state)
{
	struct tcp_header tcp = header_with(BYTES(1, 3, 3, 7, 3, 3, 9, 2, 9, 4, 2));
	struct tcp_option_view view;

	(void)state;
	assert_true(tcp_option_find(&tcp, 3, &view));
	assert_int_equal(view.bytes[2], 7);
	assert_true(tcp_option_find(&tcp, 1, &view));
	assert_false(tcp_option_find(&tcp, 2, &view));
	assert_false(tcp_option_find(&tcp, 4, &view)); /* behind a malformed one */
	tcp.options_length = 0;
	assert_false(tcp_option_find(&tcp, 3, &view));
}

static void test_timestamps(void **state)
{
	struct tcp_header tcp = header_with(BYTES(1, 1, 8, 10, 1, 2, 3, 4, 0xff, 0, 0, 1));
	uint32_t value = 0, echo = 0;

	(void)state;
	assert_true(tcp_timestamp_get(&tcp, &value, &echo));
	assert_int_equal(value, 0x01020304);
	assert_int_equal(echo, 0xff000001);
	tcp_timestamp_set(&tcp, 0xfffefdfc, 5);
	assert_true(tcp_timestamp_get(&tcp, &value, &echo));
	assert_int_equal(value, 0xfffefdfc);
	assert_int_equal(echo, 5);
	assert_int_equal(tcp.options[3], 10);
}

static void test_timestamps_of_wrong_length(void **state)
{
	struct tcp_header tcp = header_with(BYTES(8, 6, 1, 2, 3, 4)), before = tcp;
	uint32_t value, echo;

	(void)state;
	assert_false(tcp_timestamp_get(&tcp, &value, &echo));
	tcp_timestamp_set(&tcp, 1, 2);
	assert_memory_equal(&tcp, &before, sizeof(tcp));
}

static void test_sack_shift(void **state)
{
	struct tcp_header tcp =
		header_with(BYTES(5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 9,
	                          1, 5, 11, 0, 0, 0, 1, 0, 0, 0, 2, 7, 1));
	char text[SEGMENT_TEXT];

	(void)state;
	tcp_sack_shift(&tcp, 1000);
	tcp_options_print(tcp.options, tcp.options_length, text, sizeof(text));
	assert_string_equal(text, "<sack 1001:1002 999:1009,nop,opt 5 000003e9000003ea07,nop>");
	tcp_sack_shift(&tcp, -1000u);
	tcp_options_print(tcp.options, tcp.options_length, text, sizeof(text));
	assert_string_equal(text, "<sack 1:2 4294967295:9,nop,opt 5 000000010000000207,nop>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_words_to_bytes_and_back),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_wrong_words),
		cmocka_unit_test(test_wildcards),
		cmocka_unit_test(test_forty_bytes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_print_lists),
		cmocka_unit_test(test_print_stays_in_its_buffer),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_next_stops_at_malformed_lengths),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_timestamps),
		cmocka_unit_test(test_timestamps_of_wrong_length),
		cmocka_unit_test(test_sack_shift),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("tcp_options", tests, NULL, NULL);
}
