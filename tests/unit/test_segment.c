/*
 * wire/segment: decoding of packets that another implementation put together, of damaged and
 * shortened ones, encoding with every field overridden, and the round trip of random segments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/segment.h"
#include "wire/checksum.h"
#include "wire/packet_print.h"
#include "wire/sequence.h"

enum { PACKET_MAX = 512 };

struct packet {
	uint8_t bytes[PACKET_MAX];
	size_t length;
};

#define SYN_ACK_V4                                                                         \
	"45030030abcd400040060c4dc0000201c0a800011f90a8ca11223344556677887012ffff27ae0000" \
	"020405b401030307"
#define OPTIONS_V4                                                                         \
	"470000330001000040066014c0000201c0a8000194040000010101001f9000500000000100000002" \
	"5019010147d70000616263"
#define UDP_V4 "45000021000140004011b820c0000201c0a8000103e807d0000d2d9f68656c6c6f"
#define TCP_V6                                                                             \
	"6b9123450023064020010db8000000000000000000000001fd3dfa7bd17d00000000000000000001" \
	"1f90a8cafffffff00000000781c201f4c14900000101080a000000050000000778797a"
#define CHAIN_V6                                                                           \
	"60000000004b004020010db8000000000000000000000001fd3dfa7bd17d00000000000000000001" \
	"3c000502000001002b01010c0000000000000000000000002c000400000000000600000000000001" \
	"1f90a8cafffffff00000000781c201f4c14900000101080a000000050000000778797a"
#define UDP_V6                                                                             \
	"60000000000e114020010db8000000000000000000000001fd3dfa7bd17d00000000000000000001" \
	"03e807d0000eb93468656c6c6f21"
#define FRAG_NEEDED                                                                        \
	"45000038000140004001b819c0000201c0a80001030419dd0000034845000410000940004006b828" \
	"c0a80001c0000201a8ca1f9000001388"
#define TOO_BIG                                                                            \
	"6000000000663a4020010db8000000000000000000000001fd3dfa7bd17d00000000000000000001" \
	"0200734e000005786000000005b80640fd3dfa7bd17d0000000000000000000120010db800000000" \
	"0000000000000001a8ca1f900000004d000000006010000100000000010101010000000000000000" \
	"00000000000000000000000000000000000000000000"
#define ECHO_V4 "45000024000140004001b82dc0000201c0a8000108006662000700016162636465666768"

static const char *const all_packets[] = {
	SYN_ACK_V4, OPTIONS_V4, UDP_V4, TCP_V6, CHAIN_V6, UDP_V6, FRAG_NEEDED, TOO_BIG, ECHO_V4,
};
enum { PACKETS = sizeof(all_packets) / sizeof(all_packets[0]) };

static struct packet packet_of(const char *hex)
{
	struct packet packet = { .length = strlen(hex) / 2 };

	assert_true(packet.length <= PACKET_MAX);
	for (size_t i = 0; i < packet.length; i++)
		sscanf(hex + 2 * i, "%2hhx", &packet.bytes[i]);
	return packet;
}

static struct segment decoded(const struct packet *packet)
{
	struct segment segment;

	assert_null(segment_decode(packet->bytes, packet->length, packet->length, CHECKSUM_EXACT,
	                           &segment));
	return segment;
}

static void assert_address(const struct ip_address *address, const char *want)
{
	char text[IP_ADDRESS_TEXT];

	assert_string_equal(ip_address_print(address, text), want);
}

static void assert_prints(const struct segment *segment, const char *want)
{
	char text[SEGMENT_TEXT];

	assert_ptr_equal(segment_print(segment, text, sizeof(text)), text);
	assert_string_equal(text, want);
}

static void assert_refused(const struct packet *packet, const char *want)
{
	struct segment segment;
	const char *why = segment_decode(packet->bytes, packet->length, packet->length,
	                                 CHECKSUM_EXACT, &segment);

	assert_non_null(why);
	assert_string_equal(why, want);
}

/* ---- decode ---- */

static void test_decode_ipv4(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);
	struct segment segment = decoded(&packet);

	(void)state;
	assert_address(&segment.source, "192.0.2.1");
	assert_address(&segment.destination, "192.168.0.1");
	assert_int_equal(segment.tos, 3);
	assert_int_equal(segment.ttl, 64);
	assert_int_equal(segment.ip_id, 0xabcd);
	assert_true(segment.dont_fragment);
	assert_int_equal(segment.ip_length, 48);
	assert_int_equal(segment.ip_checksum, 0x0c4d);
	assert_int_equal(segment.checksum, 0x27ae);
	assert_int_equal(segment.protocol, IPPROTO_TCP);
	assert_int_equal(segment.tcp.source, 8080);
	assert_int_equal(segment.tcp.destination, 43210);
	assert_int_equal(segment.tcp.sequence, 0x11223344);
	assert_int_equal(segment.tcp.acknowledgment, 0x55667788);
	assert_int_equal(segment.tcp.flags, TCP_SYN | TCP_ACK);
	assert_int_equal(segment.tcp.window, 65535);
	assert_int_equal(segment.tcp.data_offset, 7);
	assert_int_equal(segment.tcp.options_length, 8);
	assert_int_equal(segment.payload_length, 0);
	assert_int_equal(segment.fixed, 0);
	assert_prints(&segment,
	              "S. 287454020:287454020(0) ack 1432778632 win 65535 <mss 1460,nop,wscale 7>");
}

static void test_decode_steps_over_ip_options(void **state)
{
	struct packet packet = packet_of(OPTIONS_V4);
	struct segment segment = decoded(&packet);

	(void)state;
	assert_int_equal(segment.fixed, 0);
	assert_false(segment.dont_fragment);
	assert_int_equal(segment.payload_length, 3);
	assert_int_equal(segment.payload_captured, 3);
	assert_memory_equal(segment.payload, "abc", 3);
	assert_prints(&segment, "FP. 1:4(3) ack 2 win 257");
}

static void test_decode_ipv6(void **state)
{
	struct packet packet = packet_of(TCP_V6);
	struct segment segment = decoded(&packet);

	(void)state;
	assert_address(&segment.source, "2001:db8::1");
	assert_address(&segment.destination, "fd3d:fa7b:d17d::1");
	assert_int_equal(segment.tos, 0xb9);
	assert_int_equal(segment.flow_label, 0x12345);
	assert_int_equal(segment.ttl, 64);
	assert_int_equal(segment.ip_length, 35);
	assert_int_equal(segment.fixed, 0);
	assert_memory_equal(segment.payload, "xyz", 3);
	assert_prints(&segment, "SEWA 4294967280:4294967283(3) win 500 <nop,nop,TS val 5 ecr 7>");
}

static void test_decode_steps_over_extension_headers(void **state)
{
	struct packet plain = packet_of(TCP_V6), chain = packet_of(CHAIN_V6);
	struct segment a = decoded(&plain), b = decoded(&chain);

	(void)state;
	assert_int_equal(b.fixed, 0);
	assert_int_equal(b.protocol, IPPROTO_TCP);
	assert_memory_equal(&a.tcp, &b.tcp, sizeof(a.tcp));
	assert_int_equal(b.payload_length, 3);
	assert_memory_equal(b.payload, "xyz", 3);
}

/* With segments left the checksum covers another destination (RFC 8200 8.1). */
static void test_decode_of_a_source_route(void **state)
{
	struct packet packet = packet_of(CHAIN_V6);
	struct segment segment;

	(void)state;
	packet.bytes[40 + 8 + 16 + 3] = 1;
	packet.bytes[packet.length - 1] ^= 1;
	segment = decoded(&packet);
	assert_int_equal(segment.fixed, 0);
	packet.bytes[40 + 8 + 16 + 3] = 0;
	segment = decoded(&packet);
	assert_int_equal(segment.fixed, FIXED_CHECKSUM);
}

static void test_decode_udp(void **state)
{
	struct packet v4 = packet_of(UDP_V4), v6 = packet_of(UDP_V6);
	struct segment segment = decoded(&v4);

	(void)state;
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.protocol, IPPROTO_UDP);
	assert_int_equal(segment.udp.source, 1000);
	assert_int_equal(segment.udp.destination, 2000);
	assert_int_equal(segment.udp.length, 13);
	assert_memory_equal(segment.payload, "hello", 5);
	assert_prints(&segment, "udp (5)");
	segment = decoded(&v6);
	assert_int_equal(segment.fixed, 0);
	assert_prints(&segment, "udp (6)");
}

/* RFC 768 lets a sender leave the checksum out, RFC 8200 8.1 does not. */
static void test_decode_udp_without_checksum(void **state)
{
	struct packet v4 = packet_of(UDP_V4), v6 = packet_of(UDP_V6);

	(void)state;
	memset(v4.bytes + 26, 0, 2);
	memset(v6.bytes + 46, 0, 2);
	assert_int_equal(decoded(&v4).fixed, 0);
	assert_int_equal(decoded(&v6).fixed, FIXED_CHECKSUM);
}

static void test_decode_icmp_error(void **state)
{
	struct packet packet = packet_of(FRAG_NEEDED);
	struct segment segment = decoded(&packet);
	const struct icmp_quote *quote = &segment.icmp.quote;

	(void)state;
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.icmp.type, 3);
	assert_int_equal(segment.icmp.code, 4);
	assert_int_equal(segment.icmp.rest, 840);
	assert_int_equal(quote->protocol, IPPROTO_TCP);
	assert_int_equal(quote->source, 43210);
	assert_int_equal(quote->destination, 8080);
	assert_int_equal(quote->sequence, 5000);
	assert_int_equal(quote->payload_length, 1000);
	assert_int_equal(segment.payload_length, 28);
	assert_prints(&segment, "icmp unreachable frag_needed mtu 840 [5000:6000(1000)]");
}

/* A long quote shows the data offset: four bytes of options are no payload. */
static void test_decode_icmpv6_error(void **state)
{
	struct packet packet = packet_of(TOO_BIG);
	struct segment segment = decoded(&packet);

	(void)state;
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.icmp.quote.payload_length, 1440);
	assert_prints(&segment, "icmp packet_too_big mtu 1400 [77:1517(1440)]");
}

static void test_decode_icmp_without_quote(void **state)
{
	struct packet packet = packet_of(ECHO_V4);
	struct segment segment = decoded(&packet);

	(void)state;
	assert_int_equal(segment.icmp.quote.protocol, 0);
	assert_int_equal(segment.icmp.rest, 0x70001);
	assert_int_equal(segment.payload_length, 8);
	assert_prints(&segment, "icmp echo_request id 7 [raw (16)]");
}

/* The quote ends after the ports, in the middle of the IP header, or is no packet. */
static void test_decode_of_short_quotes(void **state)
{
	struct packet packet = packet_of(FRAG_NEEDED);
	struct segment segment;

	(void)state;
	assert_null(segment_decode(packet.bytes, packet.length - 4, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.icmp.quote.source, 43210);
	assert_int_equal(segment.icmp.quote.sequence, 0);
	assert_null(segment_decode(packet.bytes, packet.length - 5, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.icmp.quote.protocol, IPPROTO_TCP);
	assert_int_equal(segment.icmp.quote.source, 0);
	assert_null(segment_decode(packet.bytes, packet.length - 9, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.icmp.quote.protocol, 0);
	packet.bytes[28] = 0x75;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.icmp.quote.protocol, 0);
	assert_prints(&segment, "icmp unreachable frag_needed mtu 840 [raw (36)]");
}

/* ---- decode: what is wrong ---- */

static void test_decode_names_what_is_cut_off(void **state)
{
	static const struct {
		const char *hex;
		size_t length;
		const char *want;
	} rows[] = {
		{ SYN_ACK_V4, 0, "the packet is empty" },
		{ SYN_ACK_V4, 1, "the IPv4 header is cut off" },
		{ SYN_ACK_V4, 19, "the IPv4 header is cut off" },
		{ OPTIONS_V4, 27, "the IPv4 options are cut off" },
		{ SYN_ACK_V4, 39, "the TCP header is cut off" },
		{ SYN_ACK_V4, 47, "the TCP options are cut off" },
		{ TCP_V6, 39, "the IPv6 header is cut off" },
		{ TCP_V6, 59, "the TCP header is cut off" },
		{ CHAIN_V6, 47, "an IPv6 extension header is cut off" },
		{ CHAIN_V6, 63, "an IPv6 extension header is cut off" },
		{ UDP_V4, 27, "the UDP header is cut off" },
		{ FRAG_NEEDED, 27, "the ICMP header is cut off" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct packet packet = packet_of(rows[i].hex);
		struct segment segment;
		const char *why = segment_decode(packet.bytes, rows[i].length, packet.length,
		                                 CHECKSUM_EXACT, &segment);

		assert_non_null(why);
		assert_string_equal(why, rows[i].want);
	}
}

static void test_decode_refuses(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);

	(void)state;
	packet.bytes[0] = 0x55;
	assert_refused(&packet, "the packet is neither IPv4 nor IPv6");
	packet.bytes[0] = 0x44;
	assert_refused(&packet, "the IPv4 header length is below 20 bytes");
	packet = packet_of(SYN_ACK_V4);
	packet.bytes[7] = 1;
	assert_refused(&packet, "an IPv4 fragment other than the first");
	packet = packet_of(SYN_ACK_V4);
	packet.bytes[9] = IPPROTO_SCTP;
	assert_refused(&packet, "the packet is neither TCP nor UDP nor ICMP");
	packet = packet_of(CHAIN_V6);
	packet.bytes[40 + 8 + 16 + 8 + 3] = 8;
	assert_refused(&packet, "an IPv6 fragment other than the first");
}

static void assert_fixed(const char *hex, size_t at, uint8_t change, unsigned want)
{
	struct packet packet = packet_of(hex);

	packet.bytes[at] ^= change;
	assert_int_equal(decoded(&packet).fixed, want);
}

static void test_decode_flags_bad_checksums(void **state)
{
	(void)state;
	assert_fixed(SYN_ACK_V4, 8, 1, FIXED_IP_CHECKSUM);  /* TTL */
	assert_fixed(OPTIONS_V4, 24, 2, FIXED_IP_CHECKSUM); /* an option */
	assert_fixed(SYN_ACK_V4, 24, 1, FIXED_CHECKSUM);
	assert_fixed(OPTIONS_V4, 50, 1, FIXED_CHECKSUM); /* the last, odd byte */
	assert_fixed(SYN_ACK_V4, 15, 1, FIXED_IP_CHECKSUM | FIXED_CHECKSUM);
	assert_fixed(TCP_V6, 10, 1, FIXED_CHECKSUM); /* an address */
	assert_fixed(TCP_V6, 7, 1, 0);               /* the hop limit is not covered */
	assert_fixed(UDP_V4, 30, 4, FIXED_CHECKSUM);
	assert_fixed(FRAG_NEEDED, 40, 4, FIXED_CHECKSUM);
	assert_fixed(TOO_BIG, 10, 4, FIXED_CHECKSUM);
	assert_fixed(ECHO_V4, 35, 4, FIXED_CHECKSUM);
}

static void test_decode_leaves_offloaded_checksums(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);
	struct segment segment;

	(void)state;
	packet.bytes[36] ^= 0xff;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_IGNORED,
	                           &segment));
	assert_int_equal(segment.fixed, 0);
	packet.bytes[8] = 1;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_IGNORED,
	                           &segment));
	assert_int_equal(segment.fixed, FIXED_IP_CHECKSUM);
}

/* The sum of the pseudo header alone is what a sender leaves that offloads; nothing else is. */
static void test_decode_of_partial_checksums(void **state)
{
	static const struct {
		const char *hex;
		size_t at; /* of the checksum */
	} rows[] = { { SYN_ACK_V4, 36 }, { TCP_V6, 56 }, { UDP_V4, 26 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct packet packet = packet_of(rows[i].hex);
		struct segment segment;
		uint16_t sum;

		assert_null(segment_decode(packet.bytes, packet.length, packet.length,
		                           CHECKSUM_EXACT, &segment));
		sum = checksum_pseudo(&segment.source, &segment.destination, segment.protocol,
		                      packet.length - (rows[i].at == 56 ? 40 : 20));
		packet.bytes[rows[i].at] = (uint8_t)(sum >> 8);
		packet.bytes[rows[i].at + 1] = (uint8_t)sum;
		segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_OFFLOAD,
		               &segment);
		assert_int_equal(segment.fixed & FIXED_CHECKSUM, 0);
		segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_EXACT,
		               &segment);
		assert_int_equal(segment.fixed & FIXED_CHECKSUM, FIXED_CHECKSUM);
		packet.bytes[rows[i].at + 1] ^= 1;
		segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_OFFLOAD,
		               &segment);
		assert_int_equal(segment.fixed & FIXED_CHECKSUM, FIXED_CHECKSUM);
	}
}

/* One's complement has two zeros (RFC 1071): an echo reply of zeros may have either. */
static void test_decode_of_an_echo_reply_of_zeros(void **state)
{
	struct packet packet = packet_of("4500001cff2000004001f914c0a80002c0000201"
	                                 "0000000000000000");
	struct segment segment;

	(void)state;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.fixed, 0);
	packet.bytes[22] = packet.bytes[23] = 0xff;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.fixed, 0);
	packet.bytes[23] = 0xfe;
	assert_null(segment_decode(packet.bytes, packet.length, packet.length, CHECKSUM_EXACT,
	                           &segment));
	assert_int_equal(segment.fixed, FIXED_CHECKSUM);
}

static void test_print_of_what_is_no_segment(void **state)
{
	static const struct {
		const char *hex;
		size_t length;
		const char *text;
	} rows[] = {
		{ "4500001cff2000004001f914c0a80002c00002010300000000000000", 28,
		  "IPv4, ICMP type 3 code 0, 192.168.0.2 > 192.0.2.1, 28 bytes: 4500001c ff200000 "
		  "4001f914 c0a80002 c0000201 03000000 00000000" },
		{ "46c00020000040000102427ec0a80002e00000169404000022000000", 60,
		  "IPv4, IGMP type 34, 192.168.0.2 > 224.0.0.22, 60 bytes: 46c00020 00004000 "
		  "0102427e c0a80002 e0000016 94040000 22000000 ..." },
		{ "4500001500000000ff630000c0a80002c000020141", 21,
		  "IPv4, protocol 99, 192.168.0.2 > 192.0.2.1, 21 bytes: 45000015 00000000 "
		  "ff630000 c0a80002 c0000201 41" },
		{ "6000000000043aff"
		  "20010db8000000000000000000000001"
		  "20010db8000000000000000000000002"
		  "86000000",
		  44,
		  "IPv6, ICMPv6 type 134 code 0, 2001:db8::1 > 2001:db8::2, 44 bytes: 60000000 "
		  "00043aff 20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 "
		  "00000002 "
		  "86000000" },
		{ "45", 1, "no IP header, 1 byte: 45" },
		{ "", 0, "no IP header, 0 bytes" },
	};
	char text[PACKET_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct packet packet = packet_of(rows[i].hex);

		packet_print(packet.bytes, packet.length, rows[i].length, text, sizeof(text));
		assert_string_equal(text, rows[i].text);
	}
}

static void test_decode_of_a_short_capture(void **state)
{
	struct packet packet = packet_of(OPTIONS_V4);
	struct segment segment;

	(void)state;
	packet.bytes[49] ^= 0xff; /* the checksum is wrong, but not all of it is there */
	assert_null(segment_decode(packet.bytes, 50, packet.length, CHECKSUM_EXACT, &segment));
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.payload_length, 3);
	assert_int_equal(segment.payload_captured, 2);
	assert_null(segment_decode(packet.bytes, 48, packet.length, CHECKSUM_EXACT, &segment));
	assert_int_equal(segment.payload_length, 3);
	assert_int_equal(segment.payload_captured, 0);
}

/* The length on the wire can not be below what was captured. */
static void test_decode_mends_the_wire_length(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);
	struct segment segment;

	(void)state;
	assert_null(segment_decode(packet.bytes, packet.length, 10, CHECKSUM_EXACT, &segment));
	assert_int_equal(segment.fixed, 0);
}

static void decode_with_length(const char *hex, uint16_t length, size_t wire,
                               struct segment *segment)
{
	struct packet packet = packet_of(hex);
	size_t at = packet.bytes[0] >> 4 == 4 ? 2 : 4;

	packet.bytes[at] = (uint8_t)(length >> 8);
	packet.bytes[at + 1] = (uint8_t)length;
	assert_null(segment_decode(packet.bytes, packet.length, wire, CHECKSUM_IGNORED, segment));
	segment->fixed &= ~(unsigned)FIXED_IP_CHECKSUM;
}

static void test_decode_of_aggregated_packets(void **state)
{
	struct segment segment;

	(void)state;
	decode_with_length(OPTIONS_V4, 60000, 60000, &segment);
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.payload_length, 60000 - 48);
	assert_int_equal(segment.payload_captured, 3);
	decode_with_length(OPTIONS_V4, 0, 180048, &segment); /* BIG TCP */
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.payload_length, 180000);
	decode_with_length(TCP_V6, 0, 180072, &segment);
	assert_int_equal(segment.fixed, 0);
	assert_int_equal(segment.payload_length, 180000);
}

static void test_decode_of_wrong_ip_lengths(void **state)
{
	static const struct {
		const char *hex;
		uint16_t length;
		uint32_t payload;
	} rows[] = {
		{ OPTIONS_V4, 50, 2 }, /* a receiver takes what the field says ... */
		{ OPTIONS_V4, 48, 0 }, /* ... unless there is not so much */
		{ OPTIONS_V4, 52, 3 }, { OPTIONS_V4, 65535, 3 }, { OPTIONS_V4, 27, 3 },
		{ OPTIONS_V4, 0, 3 },  { TCP_V6, 33, 1 },        { TCP_V6, 36, 3 },
		{ TCP_V6, 65535, 3 },  { CHAIN_V6, 39, 3 }, /* ends within the extension headers */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct segment segment;

		decode_with_length(rows[i].hex, rows[i].length, strlen(rows[i].hex) / 2, &segment);
		assert_int_equal(segment.fixed, FIXED_IP_LENGTH);
		assert_int_equal(segment.ip_length, rows[i].length);
		assert_int_equal(segment.payload_length, rows[i].payload);
		assert_true(segment.payload_captured <= segment.payload_length);
	}
}

static void test_decode_of_wrong_data_offsets(void **state)
{
	(void)state;
	for (unsigned offset = 0; offset < 16; offset++) {
		struct packet packet = packet_of(SYN_ACK_V4);
		struct segment segment;
		bool wrong = offset < 5 || offset > 7;

		packet.bytes[32] = (uint8_t)(offset << 4);
		assert_null(segment_decode(packet.bytes, packet.length, packet.length,
		                           CHECKSUM_IGNORED, &segment));
		assert_int_equal(segment.tcp.data_offset, offset);
		assert_int_equal(segment.fixed, wrong ? FIXED_DATA_OFFSET : 0);
		assert_int_equal(segment.tcp.options_length, wrong ? 0 : 4 * (offset - 5));
		assert_int_equal(segment.payload_length, 8 - segment.tcp.options_length);
	}
}

static void test_decode_of_wrong_udp_lengths(void **state)
{
	(void)state;
	assert_fixed(UDP_V6, 45, 1, FIXED_UDP_LENGTH | FIXED_CHECKSUM);
	assert_fixed(UDP_V6, 44, 1, FIXED_UDP_LENGTH | FIXED_CHECKSUM);
}

static void test_decode_of_a_first_fragment(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);
	struct segment segment;

	(void)state;
	packet.bytes[6] |= 0x20;
	packet.bytes[36] ^= 1;
	segment = decoded(&packet);
	assert_int_equal(segment.fixed, FIXED_IP_CHECKSUM); /* TCP's covers bytes to come */
}

/* No prefix, and no byte set to anything, may be read beyond: the copy has no byte to spare. */
static void test_decode_of_damaged_packets(void **state)
{
	static const uint8_t values[] = { 0x00, 0x01, 0x0f, 0x40, 0x7f, 0x80, 0xf0, 0xff };

	(void)state;
	for (size_t i = 0; i < PACKETS; i++) {
		struct packet packet = packet_of(all_packets[i]);

		for (size_t length = 0; length <= packet.length; length++) {
			for (size_t j = 0; j < 100 * sizeof(values); j++) {
				uint8_t *copy = malloc(length ? length : 1);
				struct segment segment;
				char text[SEGMENT_TEXT];

				memcpy(copy, packet.bytes, length);
				if (j / sizeof(values) < length)
					copy[j / sizeof(values)] = values[j % sizeof(values)];
				if (!segment_decode(copy, length, packet.length, CHECKSUM_EXACT,
				                    &segment)) {
					assert_true(segment.payload_captured <=
					            segment.payload_length);
					assert_true(segment.payload + segment.payload_captured <=
					            copy + length);
					assert_true(segment_print(&segment, text,
					                          sizeof(text))[0] != '\0');
				}
				free(copy);
			}
		}
	}
}

/* ---- encode ---- */

static struct segment tcp_segment(const char *source, const char *destination)
{
	struct segment segment = {
		.protocol = IPPROTO_TCP,
		.tcp = { .source = 8080, .destination = 43210, .sequence = 1, .flags = TCP_ACK },
	};

	assert_true(ip_address_parse(source, &segment.source));
	assert_true(ip_address_parse(destination, &segment.destination));
	return segment;
}

static uint8_t encoded[SEGMENT_BYTES_MAX];

/* Encodes, decodes what came out, and says what was seen to be wrong with it. */
static struct segment again(const struct segment *segment)
{
	size_t length = segment_encode(segment, encoded);
	struct segment seen;

	assert_true(length > 0);
	assert_null(segment_decode(encoded, length, length, CHECKSUM_EXACT, &seen));
	return seen;
}

static void test_encode_is_what_was_decoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < PACKETS; i++) {
		struct packet packet = packet_of(all_packets[i]);
		struct segment segment = decoded(&packet);
		size_t length = segment_encode(&segment, encoded);

		if (!strcmp(all_packets[i], OPTIONS_V4) || !strcmp(all_packets[i], CHAIN_V6))
			continue; /* these come out without what was stepped over */
		assert_int_equal(length, packet.length);
		assert_memory_equal(encoded, packet.bytes, length);
	}
}

static void test_encode_fills_in(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2"), seen;

	(void)state;
	segment.tcp.options_length = 5;
	memset(segment.tcp.options, 1, 5);
	segment.payload_length = 3;
	memset(encoded, 0xff, 100);
	seen = again(&segment);
	assert_int_equal(seen.fixed, 0);
	assert_int_equal(seen.ttl, 255);
	assert_int_equal(seen.ip_length, 51);
	assert_int_equal(seen.tcp.data_offset, 7);
	assert_int_equal(seen.tcp.options_length, 8); /* padded with EOL */
	assert_memory_equal(seen.tcp.options, "\1\1\1\1\1\0\0\0", 8);
	assert_int_equal(seen.payload_length, 3);
	assert_memory_equal(seen.payload, "\0\0\0", 3);
}

static void test_encode_pads_a_short_payload(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2"), seen;

	(void)state;
	segment.payload = (const uint8_t *)"abcdef";
	segment.payload_captured = 2;
	segment.payload_length = 4;
	memset(encoded, 0xff, 100);
	seen = again(&segment);
	assert_memory_equal(seen.payload, "ab\0\0", 4);
	segment.payload_captured = 6;
	seen = again(&segment);
	assert_int_equal(seen.payload_length, 4);
	assert_memory_equal(seen.payload, "abcd\xff\xff", 6); /* and nothing behind it */
}

static void assert_override(const char *source, const char *destination, unsigned fixed)
{
	struct segment segment = tcp_segment(source, destination), seen;

	segment.fixed = fixed;
	segment.ip_checksum = 0x1234;
	segment.ip_length = 0xfedc;
	segment.checksum = 0x4321;
	segment.tcp.data_offset = 15;
	seen = again(&segment);
	if (segment.source.family == AF_INET6)
		fixed &= ~(unsigned)FIXED_IP_CHECKSUM;
	assert_int_equal(seen.fixed & fixed, fixed);
	assert_int_equal(seen.ip_checksum == 0x1234, (fixed & FIXED_IP_CHECKSUM) != 0);
	assert_int_equal(seen.ip_length == 0xfedc, (fixed & FIXED_IP_LENGTH) != 0);
	assert_int_equal(seen.checksum == 0x4321, (fixed & FIXED_CHECKSUM) != 0);
	assert_int_equal(seen.tcp.data_offset == 15, (fixed & FIXED_DATA_OFFSET) != 0);
	/* What is not overridden is right, also for what is. */
	assert_int_equal(seen.fixed & ~fixed, 0);
}

static void test_encode_overrides(void **state)
{
	(void)state;
	for (unsigned fixed = 0; fixed < 16; fixed++) {
		assert_override("10.0.0.1", "10.0.0.2", fixed);
		assert_override("2001:db8::1", "2001:db8::2", fixed);
	}
}

static void test_encode_overrides_udp(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2"), seen;

	(void)state;
	segment.protocol = IPPROTO_UDP;
	segment.udp = (struct udp_header){ .source = 1, .destination = 2, .length = 7 };
	segment.payload_length = 10;
	seen = again(&segment);
	assert_int_equal(seen.udp.length, 18);
	assert_int_equal(seen.fixed, 0);
	segment.fixed = FIXED_UDP_LENGTH;
	seen = again(&segment);
	assert_int_equal(seen.udp.length, 7);
	assert_int_equal(seen.fixed, FIXED_UDP_LENGTH);
}

/* A sum of 0 would mean "no checksum": it is sent as its other form. */
static void test_encode_udp_checksum_is_never_zero(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2"), seen;
	unsigned met = 0;

	(void)state;
	segment.protocol = IPPROTO_UDP;
	for (unsigned port = 0; port < 65536; port++) {
		segment.udp = (struct udp_header){ .source = (uint16_t)port };
		seen = again(&segment);
		assert_int_equal(seen.fixed, 0);
		assert_int_not_equal(seen.checksum, 0);
		met += seen.checksum == 0xffff;
	}
	assert_true(met > 0);
}

static void assert_same_quote(const struct icmp_quote *want, const struct icmp_quote *seen)
{
	assert_int_equal(seen->protocol, want->protocol);
	assert_int_equal(seen->source, want->source);
	assert_int_equal(seen->destination, want->destination);
	assert_int_equal(seen->sequence, want->sequence);
	assert_int_equal(seen->payload_length, want->payload_length);
}

static void test_encode_quotes(void **state)
{
	static const char *const addresses[][2] = {
		{ "10.0.0.1", "10.0.0.2" },
		{ "2001:db8::1", "2001:db8::2" },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct segment segment = tcp_segment(addresses[i][0], addresses[i][1]), seen,
			       quoted;
		struct icmp_quote quote = {
			.protocol = IPPROTO_TCP,
			.source = 43210,
			.destination = 8080,
			.sequence = 4000000000u,
			.payload_length = 1460,
		};

		segment.protocol = i == 0 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
		segment.icmp =
			(struct icmp_header){ .type = i == 0 ? 3 : 1, .code = 1, .quote = quote };
		seen = again(&segment);
		assert_int_equal(seen.fixed, 0);
		assert_same_quote(&quote, &seen.icmp.quote);
		assert_int_equal(seen.payload_length, i == 0 ? 28 : 48);
		segment_decode(seen.payload, seen.payload_length, seen.payload_length,
		               CHECKSUM_IGNORED, &quoted);
		assert_true(ip_address_equal(&quoted.source, &segment.destination));
		assert_true(ip_address_equal(&quoted.destination, &segment.source));

		segment.icmp.quote.protocol = quote.protocol = IPPROTO_UDP;
		quote.sequence = 0;
		seen = again(&segment);
		assert_same_quote(&quote, &seen.icmp.quote);

		segment.icmp.quote =
			(struct icmp_quote){ .protocol = IPPROTO_RAW, .payload_length = 100 };
		seen = again(&segment);
		assert_int_equal(seen.payload_length, 92);
		assert_int_equal(seen.icmp.quote.protocol, 0);
		segment.icmp.quote.payload_length = 3;
		assert_int_equal(again(&segment).payload_length, 0);
	}
}

static void assert_does_not_fit(const struct segment *segment)
{
	assert_int_equal(segment_encode(segment, encoded), 0);
}

static void test_encode_refuses(void **state)
{
	struct segment good = tcp_segment("10.0.0.1", "10.0.0.2"), segment = good;

	(void)state;
	assert_int_equal(segment_encode(&segment, encoded), 40);
	segment.source.family = 0;
	assert_does_not_fit(&segment);
	segment = good;
	assert_true(ip_address_parse("::1", &segment.destination));
	assert_does_not_fit(&segment);
	segment = good;
	segment.protocol = IPPROTO_SCTP;
	assert_does_not_fit(&segment);
	segment = good;
	segment.tcp.options_length = 41;
	assert_does_not_fit(&segment);
	segment = good;
	segment.protocol = IPPROTO_ICMP;
	segment.icmp = (struct icmp_header){ .type = 3, .quote = { .protocol = IPPROTO_SCTP } };
	assert_does_not_fit(&segment);
	segment.icmp.quote =
		(struct icmp_quote){ .protocol = IPPROTO_TCP, .payload_length = 65535 };
	assert_does_not_fit(&segment);
}

static void test_encode_at_the_limit(void **state)
{
	struct segment v4 = tcp_segment("10.0.0.1", "10.0.0.2");
	struct segment v6 = tcp_segment("2001:db8::1", "2001:db8::2");

	(void)state;
	v4.payload_length = 65535 - 40;
	assert_int_equal(segment_encode(&v4, encoded), 65535);
	v4.payload_length++;
	assert_does_not_fit(&v4);
	v6.payload_length = 65535 - 20;
	assert_int_equal(segment_encode(&v6, encoded), 65535 + 40);
	v6.payload_length++;
	assert_does_not_fit(&v6);
	v6.payload_length = UINT32_MAX;
	assert_does_not_fit(&v6);
}

/* ---- any segment ---- */

static uint32_t random_state = 20240607;

static uint32_t next_random(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state;
}

static void fill_random(void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		((uint8_t *)bytes)[i] = (uint8_t)(next_random() >> 7);
}

static void random_transport(struct segment *segment, bool v4)
{
	switch (next_random() % 3) {
	case 0:
		segment->protocol = IPPROTO_TCP;
		segment->tcp.source = (uint16_t)next_random();
		segment->tcp.destination = (uint16_t)next_random();
		segment->tcp.sequence = next_random();
		segment->tcp.acknowledgment = next_random();
		segment->tcp.flags = next_random() & 0xfff;
		segment->tcp.window = (uint16_t)next_random();
		segment->tcp.urgent = (uint16_t)next_random();
		segment->tcp.options_length = 4 * (next_random() % 11);
		fill_random(segment->tcp.options, segment->tcp.options_length);
		segment->tcp.data_offset = 5 + segment->tcp.options_length / 4;
		break;
	case 1:
		segment->protocol = IPPROTO_UDP;
		segment->udp.source = (uint16_t)next_random();
		segment->udp.destination = (uint16_t)next_random();
		segment->udp.length = (uint16_t)(segment->payload_length + 8);
		break;
	case 2:
		segment->protocol = v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
		segment->icmp.type = v4 ? 8 : 128 + next_random() % 128;
		segment->icmp.code = (uint8_t)next_random();
		segment->icmp.rest = next_random();
	}
}

static struct segment random_segment(const uint8_t *payload)
{
	bool v4 = next_random() % 2;
	struct segment segment = {
		.tos = (uint8_t)next_random(),
		.ttl = (uint8_t)(1 + next_random() % 255),
		.ip_id = v4 ? (uint16_t)next_random() : 0,
		.dont_fragment = v4 && next_random() % 2,
		.flow_label = v4 ? 0 : next_random() & 0xfffff,
		.payload_length = next_random() % (next_random() % 8 ? 100 : 65000),
	};

	segment.payload = payload;
	segment.payload_captured = segment.payload_length;
	segment.source.family = segment.destination.family = v4 ? AF_INET : AF_INET6;
	fill_random(segment.source.bytes, v4 ? 4 : 16);
	fill_random(segment.destination.bytes, v4 ? 4 : 16);
	random_transport(&segment, v4);
	return segment;
}

static void assert_same_transport(const struct segment *want, const struct segment *seen)
{
	assert_int_equal(seen->protocol, want->protocol);
	if (want->protocol == IPPROTO_TCP) {
		assert_memory_equal(&seen->tcp, &want->tcp, sizeof(want->tcp));
	} else if (want->protocol == IPPROTO_UDP) {
		assert_memory_equal(&seen->udp, &want->udp, sizeof(want->udp));
	} else {
		assert_int_equal(seen->icmp.type, want->icmp.type);
		assert_int_equal(seen->icmp.code, want->icmp.code);
		assert_int_equal(seen->icmp.rest, want->icmp.rest);
		assert_same_quote(&want->icmp.quote, &seen->icmp.quote);
	}
}

static void assert_same(const struct segment *want, const struct segment *seen)
{
	assert_true(ip_address_equal(&seen->source, &want->source));
	assert_true(ip_address_equal(&seen->destination, &want->destination));
	assert_int_equal(seen->tos, want->tos);
	assert_int_equal(seen->ttl, want->ttl);
	assert_int_equal(seen->ip_id, want->ip_id);
	assert_int_equal(seen->dont_fragment, want->dont_fragment);
	assert_int_equal(seen->flow_label, want->flow_label);
	assert_int_equal(seen->fixed, 0);
	assert_int_equal(seen->payload_length, want->payload_length);
	assert_int_equal(seen->payload_captured, want->payload_length);
	if (want->payload_length > 0)
		assert_memory_equal(seen->payload, want->payload, want->payload_length);
	assert_same_transport(want, seen);
}

static void test_round_trip(void **state)
{
	uint8_t *payload = malloc(65000);

	(void)state;
	fill_random(payload, 65000);
	for (int i = 0; i < 5000; i++) {
		struct segment segment = random_segment(payload);
		struct segment seen = again(&segment);

		assert_same(&segment, &seen);
	}
	free(payload);
}

/* ---- print ---- */

static void test_print_flags(void **state)
{
	static const struct {
		uint16_t flags;
		const char *want;
	} rows[] = {
		{ 0, "-" },
		{ TCP_FIN, "F" },
		{ TCP_SYN, "S" },
		{ TCP_RST, "R" },
		{ TCP_PSH, "P" },
		{ TCP_ACK, "." },
		{ TCP_URG, "U" },
		{ TCP_ECE, "E" },
		{ TCP_CWR, "W" },
		{ TCP_AE, "A" },
		{ TCP_FIN | TCP_PSH | TCP_ACK, "FP." },
		{ TCP_RST | TCP_ACK, "R." },
		{ TCP_SYN | TCP_ECE | TCP_CWR, "SEW" },
		{ 0x200, "x" },
		{ 0x400, "y" },
		{ 0x800, "z" },
		{ 0xfff, "FSRP.UEWAxyz" },
		{ 0xf000, "-" },
	};
	char text[TCP_FLAGS_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(tcp_flags_print(rows[i].flags, text), rows[i].want);
}

static void test_print_tcp(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2");

	(void)state;
	segment.tcp.acknowledgment = 1;
	segment.tcp.window = 257;
	segment.tcp.flags = TCP_FIN | TCP_ACK;
	assert_prints(&segment, "F. 1:1(0) ack 1 win 257");
	segment.tcp.flags = TCP_RST;
	assert_prints(&segment, "R 1:1(0) win 257");
	segment.tcp.flags = TCP_URG;
	assert_prints(&segment, "U 1:1(0) win 257 urg 0");
	segment.tcp.flags = 0;
	segment.tcp.urgent = 3;
	segment.tcp.sequence = 0xffffffff;
	segment.payload_length = 10;
	assert_prints(&segment, "- 4294967295:9(10) win 257 urg 3");
}

static struct segment icmp_segment(uint8_t protocol, uint8_t type, uint8_t code, uint32_t rest)
{
	return (struct segment){
		.protocol = protocol,
		.icmp = { .type = type, .code = code, .rest = rest },
	};
}

static void test_print_icmp(void **state)
{
	static const struct {
		uint8_t protocol, type, code;
		uint32_t rest;
		const char *want;
	} rows[] = {
		{ IPPROTO_ICMP, 3, 0, 0, "icmp unreachable net_unreachable" },
		{ IPPROTO_ICMP, 3, 3, 5, "icmp unreachable port_unreachable" },
		{ IPPROTO_ICMP, 3, 4, 1400, "icmp unreachable frag_needed mtu 1400" },
		{ IPPROTO_ICMP, 3, 99, 0, "icmp unreachable code_99" },
		{ IPPROTO_ICMP, 4, 0, 0, "icmp source_quench" },
		{ IPPROTO_ICMP, 0, 0, 0x70001, "icmp echo_reply id 7" },
		{ IPPROTO_ICMP, 11, 0, 0, "icmp time_exceeded exceeded_ttl" },
		{ IPPROTO_ICMPV6, 1, 0, 0, "icmp unreachable no_route" },
		{ IPPROTO_ICMPV6, 1, 4, 0, "icmp unreachable port_unreachable" },
		{ IPPROTO_ICMPV6, 2, 0, 70000, "icmp packet_too_big mtu 70000" },
		{ IPPROTO_ICMPV6, 128, 0, 0x70001, "icmp echo_request id 7" },
		{ IPPROTO_ICMPV6, 200, 7, 0x70001, "icmp type_200 code_7" },
	};
	struct segment segment;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		segment = icmp_segment(rows[i].protocol, rows[i].type, rows[i].code, rows[i].rest);
		assert_prints(&segment, rows[i].want);
	}
	segment = icmp_segment(IPPROTO_ICMP, 3, 3, 0);
	segment.icmp.quote = (struct icmp_quote){ .protocol = IPPROTO_TCP, .sequence = 1 };
	assert_prints(&segment, "icmp unreachable port_unreachable [1:1(0)]");
	segment.icmp.quote = (struct icmp_quote){ .protocol = IPPROTO_UDP, .payload_length = 10 };
	assert_prints(&segment, "icmp unreachable port_unreachable [udp (10)]");
	segment.icmp.quote = (struct icmp_quote){ .protocol = IPPROTO_RAW, .payload_length = 10 };
	assert_prints(&segment, "icmp unreachable port_unreachable [raw (10)]");
}

static void test_print_stays_in_its_buffer(void **state)
{
	struct packet packet = packet_of(SYN_ACK_V4);
	struct segment segment = decoded(&packet);
	char whole[SEGMENT_TEXT];

	(void)state;
	segment_print(&segment, whole, sizeof(whole));
	for (size_t size = 0; size < sizeof(whole); size++) {
		char *text = malloc(size + 1);

		text[size] = '#';
		segment_print(&segment, text, size);
		assert_int_equal(text[size], '#');
		if (size > 0) {
			assert_true(strlen(text) ==
			            (size - 1 < strlen(whole) ? size - 1 : strlen(whole)));
			assert_memory_equal(text, whole, strlen(text));
		}
		free(text);
	}
}

static void test_sequence_length(void **state)
{
	struct segment segment = tcp_segment("10.0.0.1", "10.0.0.2");

	(void)state;
	assert_int_equal(segment_sequence_length(&segment), 0);
	segment.payload_length = 100;
	assert_int_equal(segment_sequence_length(&segment), 100);
	segment.tcp.flags = TCP_FIN | TCP_ACK;
	assert_int_equal(segment_sequence_length(&segment), 101);
	segment.tcp.flags = TCP_FIN | TCP_SYN | TCP_RST;
	assert_int_equal(segment_sequence_length(&segment), 102);
}

/* What is added to a checksum makes it wrong, also where 0 and 0xffff are near. */
static void test_added_checksums_are_wrong(void **state)
{
	const uint16_t offs[] = { 1, 2, 0x100, 0x7fff, 0xfffe };

	(void)state;
	for (size_t i = 0; i < sizeof(offs) / sizeof(*offs); i++) {
		struct segment v4 = tcp_segment("192.0.2.1", "192.168.0.2");

		v4.fixed = ADDED_CHECKSUM | ADDED_IP_CHECKSUM;
		v4.checksum = v4.ip_checksum = offs[i];
		assert_int_equal(again(&v4).fixed, FIXED_CHECKSUM | FIXED_IP_CHECKSUM);
		for (uint32_t right = 0; right <= UINT16_MAX; right++)
			assert_int_not_equal(checksum_wrong((uint16_t)right, offs[i]) % 0xffff,
			                     right % 0xffff);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_added_checksums_are_wrong),
		cmocka_unit_test(test_decode_ipv4),
		cmocka_unit_test(test_decode_steps_over_ip_options),
		cmocka_unit_test(test_decode_ipv6),
		cmocka_unit_test(test_decode_steps_over_extension_headers),
		cmocka_unit_test(test_decode_of_a_source_route),
		cmocka_unit_test(test_decode_udp),
		cmocka_unit_test(test_decode_udp_without_checksum),
		cmocka_unit_test(test_decode_icmp_error),
		cmocka_unit_test(test_decode_icmpv6_error),
		cmocka_unit_test(test_decode_icmp_without_quote),
		cmocka_unit_test(test_decode_of_short_quotes),
		cmocka_unit_test(test_decode_names_what_is_cut_off),
		cmocka_unit_test(test_decode_refuses),
		cmocka_unit_test(test_decode_flags_bad_checksums),
		cmocka_unit_test(test_decode_leaves_offloaded_checksums),
		cmocka_unit_test(test_decode_of_partial_checksums),
		cmocka_unit_test(test_decode_of_an_echo_reply_of_zeros),
		cmocka_unit_test(test_print_of_what_is_no_segment),
		cmocka_unit_test(test_decode_of_a_short_capture),
		cmocka_unit_test(test_decode_mends_the_wire_length),
		cmocka_unit_test(test_decode_of_aggregated_packets),
		cmocka_unit_test(test_decode_of_wrong_ip_lengths),
		cmocka_unit_test(test_decode_of_wrong_data_offsets),
		cmocka_unit_test(test_decode_of_wrong_udp_lengths),
		cmocka_unit_test(test_decode_of_a_first_fragment),
		cmocka_unit_test(test_decode_of_damaged_packets),
		cmocka_unit_test(test_encode_is_what_was_decoded),
		cmocka_unit_test(test_encode_fills_in),
		cmocka_unit_test(test_encode_pads_a_short_payload),
		cmocka_unit_test(test_encode_overrides),
		cmocka_unit_test(test_encode_overrides_udp),
		cmocka_unit_test(test_encode_udp_checksum_is_never_zero),
		cmocka_unit_test(test_encode_quotes),
		cmocka_unit_test(test_encode_refuses),
		cmocka_unit_test(test_encode_at_the_limit),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_print_flags),
		cmocka_unit_test(test_print_tcp),
		cmocka_unit_test(test_print_icmp),
		cmocka_unit_test(test_print_stays_in_its_buffer),
		cmocka_unit_test(test_sequence_length),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("segment", tests, NULL, NULL);
}
