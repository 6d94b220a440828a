#include "verdict/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wire/tcp_options.h"

#define BIT(field) (1u << (field))

enum {
	PLAIN = BIT(FIELD_FLAGS) | BIT(FIELD_SEQUENCE) | BIT(FIELD_LENGTH) |
	        BIT(FIELD_ACKNOWLEDGMENT) | BIT(FIELD_WINDOW) | BIT(FIELD_OPTIONS),
};

static const struct match_rules lenient = { .ts_tolerance = -1, .ts_ecr = false };
static const struct match_rules strict = { .ts_tolerance = 2, .ts_ecr = true };

/* All mismatches as "field: want | seen", one a line. */
static const char *text_of(const struct mismatches *mismatches)
{
	static char text[4096];
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < mismatches->count; i++) {
		const struct mismatch *mismatch = &mismatches->list[i];

		length += (size_t)snprintf(text + length, sizeof(text) - length, "%s: %s | %s\n",
		                           mismatch->field, mismatch->want, mismatch->seen);
	}
	return text;
}

/* The segments of these tests are written in the script's numbers. */
static const struct script_segment *as_script(const struct segment *seen)
{
	static struct script_segment script;

	script.segment = *seen;
	return &script;
}

static void expect(const struct packet_want *want, const struct segment *seen,
                   const struct match_rules *rules, const char *text)
{
	struct mismatches mismatches = { .count = 0 };
	bool same = match_packet(want, as_script(seen), rules, &mismatches);

	assert_string_equal(text_of(&mismatches), text);
	assert_int_equal(same, !*text);
}

static struct tcp_option_bytes options; /* those that plain_want() wants */

static struct packet_want plain_want(void)
{
	options = (struct tcp_option_bytes){ 0 };
	return (struct packet_want){
		.check = PLAIN, .options = &options,
		.segment = {
			.protocol = IPPROTO_TCP, .tos = 0, .ttl = 64,
			.tcp = { .flags = TCP_FIN | TCP_ACK, .sequence = 1, .acknowledgment = 1002,
			         .window = 257 },
		},
	};
}

static void add_bytes(struct tcp_option_bytes *to, const void *bytes, size_t length)
{
	memcpy(to->bytes + to->length, bytes, length);
	to->length = (uint8_t)(to->length + length);
}

static void set_options(struct segment *segment, const struct tcp_option_bytes *from)
{
	memcpy(segment->tcp.options, from->bytes, from->length);
	segment->tcp.options_length = from->length;
}

static void test_equal(void **state)
{
	struct packet_want want = plain_want();

	(void)state;
	expect(&want, &want.segment, &strict, "");
}

static void test_plain_fields_in_order(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	want.check |= BIT(FIELD_TOS) | BIT(FIELD_TTL) | BIT(FIELD_URGENT) | BIT(FIELD_PORTS) |
	              BIT(FIELD_FLOW_LABEL) | BIT(FIELD_IP_ID);
	want.segment.tcp.source = 80;
	want.segment.tcp.destination = 1234;
	seen.tos = 0x10;
	seen.ttl = 63;
	seen.flow_label = 0xabcde;
	seen.ip_id = 7;
	seen.tcp.flags = TCP_ACK | TCP_PSH | 0x200;
	seen.tcp.sequence = 2;
	seen.payload_length = 10;
	seen.tcp.acknowledgment = 1001;
	seen.tcp.window = 0;
	seen.tcp.urgent = 5;
	expect(&want, &seen, &lenient,
	       "TOS: 0x00 | 0x10\n"
	       "TTL: 64 | 63\n"
	       "flow label: 0x00 | 0xabcde\n"
	       "IP id: 0 | 7\n"
	       "ports: 80 > 1234 | 0 > 0\n"
	       "flags: F. | P.x\n"
	       "seq: 1 | 2 (1 more)\n"
	       "length: 0 | 10 (10 more)\n"
	       "ack: 1002 | 1001 (1 less)\n"
	       "window: 257 | 0\n"
	       "urgent: 0 | 5\n");
	want.check = BIT(FIELD_WINDOW);
	expect(&want, &seen, &lenient, "window: 257 | 0\n");
	want.check = 0;
	expect(&want, &seen, &lenient, "");
}

static void test_distance_wraps(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	want.segment.tcp.sequence = 0xffffffff;
	seen.tcp.sequence = 4;
	expect(&want, &seen, &lenient, "seq: 4294967295 | 4 (5 more)\n");
	seen.tcp.sequence = 0x7fffffff;
	expect(&want, &seen, &lenient, "seq: 4294967295 | 2147483647 (2147483648 less)\n");
}

static void test_where_is_the_field(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;
	struct mismatches mismatches = { .count = 0 };

	(void)state;
	want.where = &(struct range){ 20, 24 };
	want.written = 1u << FIELD_ACKNOWLEDGMENT;
	seen.tcp.acknowledgment = 5;
	assert_false(match_packet(&want, as_script(&seen), &lenient, &mismatches));
	assert_int_equal(mismatches.list[0].where.begin, 20);
	assert_int_equal(mismatches.list[0].where.end, 24);
}

static void test_ecn(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	want.check |= BIT(FIELD_ECN);
	want.segment.tos = 2;
	seen.tos = 0xf8 | 3;
	expect(&want, &seen, &lenient, "ECN: ECT(0) | CE\n");
	seen.tos = 0xf8 | 2;
	expect(&want, &seen, &lenient, "");
	want.check = BIT(FIELD_ECT01);
	expect(&want, &seen, &lenient, "");
	seen.tos = 1;
	expect(&want, &seen, &lenient, "");
	seen.tos = 0;
	expect(&want, &seen, &lenient, "ECN: ECT(0) or ECT(1) | Not-ECT\n");
}

static void test_ace_takes_its_flags(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	want.check |= BIT(FIELD_ACE);
	want.ace = 5;
	seen.tcp.flags |= TCP_AE | TCP_ECE;
	expect(&want, &seen, &lenient, "");
	seen.tcp.flags = TCP_ACK | TCP_CWR;
	expect(&want, &seen, &lenient,
	       "flags: F. | .\n"
	       "ACE: 5 | 2\n");
	want.check &= ~BIT(FIELD_ACE);
	seen.tcp.flags = TCP_FIN | TCP_ACK | TCP_AE;
	expect(&want, &seen, &lenient, "flags: F. | F.A\n");
}

static void test_options_kinds(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;
	struct tcp_option_bytes other = { .length = 0 };

	(void)state;
	add_bytes(&options, "\2\4\5\264\4\2", 6);
	expect(&want, &seen, &lenient, "options: <mss 1460,sackOK> | none\n");
	add_bytes(&other, "\4\2\2\4\5\264", 6);
	set_options(&seen, &other);
	expect(&want, &seen, &lenient, "options: <mss 1460,sackOK> | <sackOK,mss 1460>\n");
	set_options(&seen, &options);
	expect(&want, &seen, &lenient, "");
	seen.tcp.options_length = 8; /* EOL padding of what was wanted */
	expect(&want, &seen, &lenient, "");
	options.length = 0;
	expect(&want, &seen, &lenient, "options: none | <mss 1460,sackOK,eol>\n");
	want.check &= ~BIT(FIELD_OPTIONS);
	expect(&want, &seen, &lenient, "");
}

static void test_options_malformed(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;
	struct mismatches mismatches = { .count = 0 };

	(void)state;
	add_bytes(&options, "\2\4\5\264", 4);
	set_options(&seen, &options);
	seen.tcp.options[1] = 77;
	assert_false(match_packet(&want, as_script(&seen), &lenient, &mismatches));
	assert_int_equal(mismatches.count, 1);
	assert_string_equal(mismatches.list[0].field, "options");
}

static void test_option_values(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	add_bytes(&options, "\2\4\5\264\1\3\3\7", 8);
	set_options(&seen, &options);
	seen.tcp.options[3] = 0;
	seen.tcp.options[7] = 8;
	expect(&want, &seen, &lenient,
	       "option mss: mss 1460 | mss 1280\n"
	       "option wscale: wscale 7 | wscale 8\n");
	options.any[2] = options.any[3] = 1;
	expect(&want, &seen, &lenient, "option wscale: wscale 7 | wscale 8\n");
}

/* A different number of blocks is a mismatch of that option, and open bytes show what was seen. */
static void test_option_sack(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;
	struct tcp_option_bytes two = { .length = 0 };

	(void)state;
	add_bytes(&options, "\5\12\0\0\0\1\0\0\0\2", 10);
	add_bytes(&two, "\5\22\0\0\0\1\0\0\0\2\0\0\0\7\0\0\0\11", 18);
	set_options(&seen, &two);
	expect(&want, &seen, &lenient, "option sack: sack 1:2 | sack 1:2 7:9\n");
	memset(options.any + 2, 1, 4);
	options.bytes[5] = 0;
	set_options(&seen, &options);
	seen.tcp.options[5] = 1;
	seen.tcp.options[9] = 3;
	expect(&want, &seen, &lenient, "option sack: sack 1:2 | sack 1:3\n");
	seen.tcp.options[9] = 2;
	expect(&want, &seen, &lenient, "");
}

static void test_timestamps(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;

	(void)state;
	add_bytes(&options, "\1\1\10\12\0\0\0\144\0\0\0\310", 12);
	set_options(&seen, &options);
	seen.tcp.options[7] = 102;
	expect(&want, &seen, &strict, "");
	seen.tcp.options[7] = 98;
	expect(&want, &seen, &strict, "");
	seen.tcp.options[7] = 97;
	seen.tcp.options[11] = 201;
	expect(&want, &seen, &strict,
	       "option TS val: 100 | 97 (3 less)\n"
	       "option TS ecr: 200 | 201 (1 more)\n");
	expect(&want, &seen, &lenient, "");
	memset(options.any + 4, 1, 4);
	expect(&want, &seen, &strict, "option TS ecr: 200 | 201 (1 more)\n");
	/*
	 * With other kinds around it, a value that is not compared must not look like a difference.
	 */
	options.length = 12;
	memset(options.any, 0, sizeof(options.any));
	add_bytes(&options, "\4\2", 2);
	expect(&want, &seen, &lenient,
	       "options: <nop,nop,TS val 97 ecr 200,sackOK>"
	       " | <nop,nop,TS val 97 ecr 201>\n");
}

static void test_payload(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = want.segment;
	uint8_t bytes[8] = { 0 };

	(void)state;
	want.check |= 1u << FIELD_PAYLOAD;
	want.segment.payload_length = seen.payload_length = 8;
	seen.payload = bytes;
	seen.payload_captured = 8;
	expect(&want, &seen, &lenient, "");
	bytes[6] = 'x';
	expect(&want, &seen, &lenient, "payload: 0x00 at byte 6 | 0x78\n");
	seen.payload_captured = 6; /* beyond the snapshot nothing is known */
	expect(&want, &seen, &lenient, "");
	seen.payload_captured = 8;
	want.segment.payload = (const uint8_t *)"\0\0\0\0\0\0xy";
	want.segment.payload_captured = 8;
	expect(&want, &seen, &lenient, "payload: 0x79 at byte 7 | 0x00\n");
	want.segment.payload_captured = 7;
	expect(&want, &seen, &lenient, "");
}

static void test_other_protocol(void **state)
{
	struct packet_want want = plain_want();
	struct segment seen = { .protocol = IPPROTO_UDP, .ttl = 1, .payload_length = 9 };

	(void)state;
	want.check |= BIT(FIELD_TTL);
	expect(&want, &seen, &lenient,
	       "protocol: TCP | UDP\n"
	       "TTL: 64 | 1\n");
	seen.protocol = 99;
	want.check = 0;
	expect(&want, &seen, &lenient, "protocol: TCP | 99\n");
	want.segment.protocol = IPPROTO_ICMP;
	seen.protocol = IPPROTO_ICMPV6;
	expect(&want, &seen, &lenient, "protocol: ICMP | ICMPv6\n");
}

static void test_udp(void **state)
{
	struct packet_want want = {
		.check = BIT(FIELD_LENGTH) | BIT(FIELD_UDP_LENGTH) | BIT(FIELD_PORTS) |
		         BIT(FIELD_WINDOW),
		.segment = { .protocol = IPPROTO_UDP,
		             .payload_length = 100,
		             .udp = { .source = 5, .destination = 6, .length = 108 } },
	};
	struct segment seen = want.segment;

	(void)state;
	expect(&want, &seen, &lenient, "");
	seen.udp.source = 7;
	seen.udp.length = 107;
	seen.payload_length = 99;
	expect(&want, &seen, &lenient,
	       "ports: 5 > 6 | 7 > 6\n"
	       "length: 100 | 99 (1 less)\n"
	       "UDP length: 108 | 107 (1 less)\n");
}

static void test_icmp(void **state)
{
	struct packet_want want = {
		.check = BIT(FIELD_ICMP_TYPE) | BIT(FIELD_ICMP_CODE) | BIT(FIELD_ICMP_REST) |
		         BIT(FIELD_ICMP_QUOTE),
		.segment = { .protocol = IPPROTO_ICMP,
		             .icmp = { .type = 3,
		                       .code = 4,
		                       .rest = 1400,
		                       .quote = { .protocol = IPPROTO_TCP,
		                                  .sequence = 1,
		                                  .payload_length = 10 } } },
	};
	struct segment seen = want.segment;

	(void)state;
	seen.icmp.quote.source = 80; /* not written in the script: not compared */
	expect(&want, &seen, &lenient, "");
	seen.icmp.type = 11;
	seen.icmp.code = 0;
	seen.icmp.rest = 0;
	seen.icmp.quote.sequence = 5;
	expect(&want, &seen, &lenient,
	       "ICMP type: 3 | 11\n"
	       "ICMP code: 4 | 0\n"
	       "ICMP rest: 1400 | 0\n"
	       "ICMP quote: 0 > 0 1:11(10) | 80 > 0 5:15(10)\n");
	want.check = BIT(FIELD_ICMP_QUOTE);
	seen.icmp.quote = (struct icmp_quote){ .protocol = IPPROTO_UDP, .payload_length = 8 };
	expect(&want, &seen, &lenient, "ICMP quote: 0 > 0 1:11(10) | 0 > 0 UDP (8)\n");
	seen.icmp.quote.protocol = 0;
	expect(&want, &seen, &lenient, "ICMP quote: 0 > 0 1:11(10) | no quote\n");
}

static void test_overflow(void **state)
{
	static struct mismatches mismatches;

	(void)state;
	for (int i = 0; i < MISMATCHES_MAX + 5; i++) {
		struct mismatch *mismatch = mismatch_add(&mismatches, "x", (struct range){ 0, 0 });

		assert_non_null(mismatch);
		snprintf(mismatch->want, MISMATCH_TEXT, "%d", i);
	}
	assert_int_equal(mismatches.count, MISMATCHES_MAX);
	assert_string_equal(mismatches.list[MISMATCHES_MAX - 1].want, "11");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_plain_fields_in_order),
		cmocka_unit_test(test_distance_wraps),
		cmocka_unit_test(test_where_is_the_field),
		cmocka_unit_test(test_ecn),
		cmocka_unit_test(test_ace_takes_its_flags),
		cmocka_unit_test(test_options_kinds),
		cmocka_unit_test(test_options_malformed),
		cmocka_unit_test(test_option_values),
		cmocka_unit_test(test_option_sack),
		cmocka_unit_test(test_timestamps),
		cmocka_unit_test(test_payload),
		cmocka_unit_test(test_other_protocol),
		cmocka_unit_test(test_udp),
		cmocka_unit_test(test_icmp),
		cmocka_unit_test(test_overflow),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
