/*
 * check_pcap() over captures that are written here: a line is a frame,
 *     milliseconds  <  flags  seq(length)  [ack N]  [win N]     from the client
 *     milliseconds  >  ...                                      from the server
 * and what is wanted are the findings: "frame:rule", one behind the other.
 */
#include "check/check.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/usec.h"
#include "wire/address.h"
#include "wire/segment.h"

#define OPENED                         \
	"0 < S 0(0) win 9000\n"        \
	"0 > S. 0(0) ack 1 win 9000\n" \
	"1 < . 1(0) ack 1 win 9000\n"

/* The server closes first: frames 4 to 7. */
#define CLOSED                          \
	OPENED                          \
	"10 > F. 1(0) ack 1 win 9000\n" \
	"20 < . 1(0) ack 2 win 9000\n"  \
	"30 < F. 1(0) ack 2 win 9000\n" \
	"30 > . 2(0) ack 2 win 9000\n"

static const struct row {
	const char *name, *frames, *with, *without; /* Linux's departures */
} rows[] = {
	/* clang-format off */
	{ "four segments", CLOSED, "", "" },
	{ "lost on its way, and sent again", OPENED "10 > F. 1(0) ack 1 win 9000\n" "210 > F. 1(0) ack 1 win 9000\n"
	  "220 < . 1(0) ack 2 win 9000\n" "230 < F. 1(0) ack 2 win 9000\n" "430 < F. 1(0) ack 2 win 9000\n"
	  "430 > . 2(0) ack 2 win 9000\n", "", "" },
	{ "data after the FIN", OPENED "10 > F. 1(0) ack 1 win 9000\n" "20 > P. 2(10) ack 1 win 9000\n",
	  "5:text-on-fin", "5:text-on-fin" },
	{ "a second FIN elsewhere", OPENED "10 > F. 1(0) ack 1 win 9000\n" "20 > F. 5(0) ack 1 win 9000\n",
	  "5:fin-elsewhere", "5:fin-elsewhere" },
	{ "a FIN before its text is over", OPENED "10 > P. 1(100) ack 1 win 9000\n" "20 > F. 50(0) ack 1 win 9000\n",
	  "5:fin-over-text", "5:fin-over-text" },
	{ "overtaken by its ACK", OPENED "10 > . 2(0) ack 1 win 9000\n" "10 > F. 1(0) ack 1 win 9000\n", "", "" },
	{ "text overtaken by the FIN", OPENED "10 > F. 101(0) ack 1 win 9000\n" "10 > P. 1(100) ack 1 win 9000\n", "", "" },
	{ "what is behind the FIN is acknowledged", OPENED "10 > F. 1(0) ack 1 win 9000\n" "20 < . 1(0) ack 2 win 9000\n"
	  "30 < . 1(0) ack 3 win 9000\n", "6:ack-behind-fin", "6:ack-behind-fin" },
	{ "an abort", OPENED "10 > P. 1(10) ack 1 win 9000\n" "20 > R. 11(0) ack 1\n", "", "" },
	{ "a RST that no window takes", OPENED "10 > P. 1(10) ack 1 win 9000\n" "15 < . 1(0) ack 11 win 9000\n"
	  "20 > R. 2000000000(0) ack 1\n", "6:rst-no-window", "6:rst-no-window" },
	{ "an old RST", OPENED "10 > P. 1(10) ack 1 win 9000\n" "15 < . 1(0) ack 11 win 9000\n"
	  "20 > R. 5(0) ack 1\n", "6:rst-no-window", "6:rst-no-window" },
	{ "a RST for what comes after close", OPENED "10 > F. 1(0) ack 1 win 9000\n" "20 < . 1(0) ack 2 win 9000\n"
	  "30 < P. 1(10) ack 2 win 9000\n" "30 > R 2(0)\n", "", "" },
	{ "a FIN never acknowledged", OPENED "10 > F. 1(0) ack 1 win 9000\n" "900 > F. 1(0) ack 1 win 9000\n"
	  "2000 < . 1(0) ack 1 win 9000\n" "4000 > F. 1(0) ack 1 win 9000\n", "4:fin-unacknowledged", "4:fin-unacknowledged" },
	{ "... of a peer that is gone", OPENED "10 > F. 1(0) ack 1 win 9000\n" "900 > F. 1(0) ack 1 win 9000\n"
	  "4000 > F. 1(0) ack 1 win 9000\n" "4000 < R 1(0)\n", "", "" },
	{ "TIME-WAIT too short", CLOSED "1000 < F. 1(0) ack 2 win 9000\n" "1000 > R 2(0)\n", "9:time-wait-rst", "9:time-wait-rst" },
	{ "TIME-WAIT of 60 s", CLOSED "61000 < F. 1(0) ack 2 win 9000\n" "61000 > R 2(0)\n", "", "9:time-wait-rst" },
	{ "TIME-WAIT of 4 minutes", CLOSED "241000 < F. 1(0) ack 2 win 9000\n" "241000 > R 2(0)\n", "", "" },
	{ "its ports are used again", CLOSED "1000 > S 90000(0) win 9000\n", "8:time-wait-syn", "8:time-wait-syn" },
	{ "the peer opens anew", CLOSED "1000 < S 90000(0) win 9000\n" "1000 > S. 70000(0) ack 90001 win 9000\n"
	  "1001 < . 90001(0) ack 70001 win 9000\n" "1002 < P. 90001(10) ack 70001 win 9000\n"
	  "1002 > . 70001(0) ack 90011 win 9000\n" "1003 > F. 70001(0) ack 90011 win 9000\n"
	  "1003 > P. 70002(5) ack 90011 win 9000\n", "14:text-on-fin", "14:text-on-fin" },
	{ "from the middle", "0 > P. 1(10) ack 1 win 9000\n" "1 < . 1(0) ack 11 win 9000\n"
	  "10 > F. 11(0) ack 1 win 9000\n" "20 > P. 12(10) ack 1 win 9000\n", "4:text-on-fin", "4:text-on-fin" },
	{ "from the middle of a close", "0 < . 1(0) ack 2 win 9000\n" "1 < F. 1(0) ack 2 win 9000\n" "1 > . 2(0) ack 2 win 9000\n", "", "" },
	{ "one direction", "0 > S. 0(0) ack 1 win 9000\n" "10 > P. 1(10) ack 1 win 9000\n"
	  "20 > F. 11(0) ack 5 win 9000\n" "30 > R 12(0)\n", "", "" },
	{ "one direction, data after the FIN", "10 > P. 1(10) ack 1 win 9000\n" "20 > F. 11(0) ack 5 win 9000\n"
	  "30 > P. 12(1) ack 5 win 9000\n", "3:text-on-fin", "3:text-on-fin" },
	{ "frames that are missing", OPENED "10 > P. 5001(10) ack 1 win 9000\n" "20 < P. 7001(10) ack 5011 win 9000\n"
	  "30 > F. 6000(0) ack 7011 win 9000\n" "40 < F. 7011(0) ack 6001 win 9000\n" "40 > . 6001(0) ack 7012 win 9000\n", "", "" },
	{ "across 2^32", "0 < S 4294967290(0) win 9000\n" "0 > S. 4294967290(0) ack 4294967291 win 9000\n"
	  "1 < . 4294967291(0) ack 4294967291 win 9000\n" "2 > FP. 4294967291(20) ack 4294967291 win 9000\n"
	  "3 < . 4294967291(0) ack 16 win 9000\n" "4 > P. 16(1) ack 4294967291 win 9000\n", "6:text-on-fin", "6:text-on-fin" },
	{ "no ACK", OPENED "9 < F 1(0)\n", "4:no-ack", "4:no-ack" },
	/* clang-format on */
};

/* ---- writing a capture ---- */

static char path[] = "/tmp/test_check.XXXXXX";

static void put32(FILE *file, uint32_t number)
{
	assert_int_equal(fwrite(&number, sizeof(number), 1, file), 1);
}

static uint16_t parse_flags(const char *letters)
{
	static const char names[] = "FSRP.";
	uint16_t flags = 0;

	for (; *letters; letters++)
		if (strchr(names, *letters))
			flags |= (uint16_t)(1u << (strchr(names, *letters) - names));
	return flags;
}

static unsigned number_after(const char *line, const char *word)
{
	const char *found = strstr(line, word);

	return found ? (unsigned)strtoul(found + strlen(word), NULL, 10) : 0;
}

/* `cut`: the payload was not captured. */
static void put_frame(FILE *file, const char *line, bool cut)
{
	static uint8_t bytes[SEGMENT_BYTES_MAX];
	struct segment segment = { .protocol = IPPROTO_TCP };
	char direction, flags[16];
	unsigned milliseconds, sequence, length;

	assert_int_equal(sscanf(line, "%u %c %15s %u(%u)", &milliseconds, &direction, flags,
	                        &sequence, &length),
	                 5);
	bool server = direction == '>';

	ip_address_parse(server ? "192.0.2.1" : "192.0.2.2", &segment.source);
	ip_address_parse(server ? "192.0.2.2" : "192.0.2.1", &segment.destination);
	segment.tcp.source = server ? 80 : 40000;
	segment.tcp.destination = server ? 40000 : 80;
	segment.tcp.flags = parse_flags(flags);
	segment.tcp.sequence = sequence;
	segment.tcp.acknowledgment = number_after(line, "ack ");
	segment.tcp.window = (uint16_t)number_after(line, "win ");
	segment.payload_length = length;
	uint32_t size = (uint32_t)segment_encode(&segment, bytes);
	uint32_t captured = cut ? size - length : size;

	put32(file, milliseconds / 1000);
	put32(file, milliseconds % 1000 * USEC_PER_MSEC);
	put32(file, captured);
	put32(file, size);
	assert_int_equal(fwrite(bytes, 1, captured, file), captured);
}

static void write_capture(const char *frames, bool cut)
{
	/* Between the magic number and the rest are two numbers of 16 bits. */
	static const uint16_t version[] = { 2, 4 };
	static const uint32_t rest_of_head[] = { 0, 0, 262144, 101 };
	char *copy = strdup(frames), *rest, *line;
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	put32(file, 0xa1b2c3d4);
	assert_int_equal(fwrite(version, sizeof(version), 1, file), 1);
	for (size_t i = 0; i < sizeof(rest_of_head) / sizeof(rest_of_head[0]); i++)
		put32(file, rest_of_head[i]);
	for (line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		put_frame(file, line, cut);
	assert_int_equal(fclose(file), 0);
	free(copy);
}

/* ---- what comes of it ---- */

/* "4:no-ack 9:text-on-fin" of a report. */
static void gather(char *report, char *found, size_t size)
{
	unsigned frame = 0, number;
	char *rest, rule[32];

	*found = '\0';
	for (char *line = strtok_r(report, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		size_t used = strlen(found);

		if (strstr(line, ": frame ") &&
		    sscanf(strstr(line, ": frame "), ": frame %u", &number) == 1)
			frame = number;
		else if (sscanf(line, "    %31[a-z0-9-]: RFC", rule) == 1 && strstr(line, ": RFC"))
			snprintf(found + used, size - used, "%s%u:%s", used ? " " : "", frame,
			         rule);
	}
}

static void play(const struct row *row, enum model_mode mode, bool cut)
{
	const char *wanted = mode == MODEL_RFC ? row->without : row->with;
	char *report = NULL, found[256];
	size_t size;
	FILE *out = open_memstream(&report, &size);

	write_capture(row->frames, cut);
	enum check_result result = check_pcap(path, mode, out, stderr);

	assert_int_equal(fclose(out), 0);
	assert_int_equal(result, *wanted ? CHECK_FOUND : CHECK_NOTHING);
	if (strstr(report, "in part"))
		fail_msg("%s: judged in part", row->name);
	gather(report, found, sizeof(found));
	if (strcmp(found, wanted))
		fail_msg("%s, %s: wanted \"%s\", found \"%s\"", row->name,
		         mode == MODEL_RFC ? "rfc" : "linux", wanted, found);
	free(report);
}

static void test_captures(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].name);
		play(&rows[i], MODEL_RFC, false);
		play(&rows[i], MODEL_LINUX, false);
		play(&rows[i], MODEL_LINUX, true);
	}
}

static void test_broken(void **state)
{
	FILE *none = fopen("/dev/null", "w");

	(void)state;
	assert_int_equal(check_pcap("/nonexistent", MODEL_RFC, none, none), CHECK_BROKEN);
	write_capture(OPENED, false);
	assert_int_equal(truncate(path, 100), 0);
	assert_int_equal(check_pcap(path, MODEL_RFC, none, none), CHECK_BROKEN);
	fclose(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_captures),
		cmocka_unit_test(test_broken),
	};
	int fd = mkstemp(path);

	if (fd < 0)
		return 99;
	close(fd);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	unlink(path);
	return failed;
}
