/*
 * capture/reader: files that the test writes byte by byte, from the formats' documents (pcap and
 * pcapng of the IETF's opsawg drafts, LINKTYPE_ of tcpdump.org), of each link layer, damaged ones,
 * and what was not captured whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/reader.h"

enum {
	LINK_NULL = 0,
	LINK_ETHERNET = 1,
	LINK_PPP = 9,
	LINK_RAW = 101,
	LINK_SLL = 113,
	LINK_IPV6 = 229,
	LINK_SLL2 = 276,
	SNAPSHOT = 262144,
};

/*
 * A SYN from 192.0.2.1:8080 to 192.168.0.1:43210 with two bytes of payload, and the same in IPv6.
 */
#define SYN_V4                                     \
	"4500002a0000400040060000c0000201c0a80001" \
	"1f90a8ca11223344000000005002ffff000000006869"
#define SYN_V6                                                                 \
	"60000000001606400000000000000000000000000000000100000000000000000000" \
	"0000000000021f90a8ca11223344000000005002ffff000000006869"
#define MACS "020000000002020000000001"

static char path[] = "/tmp/test_reader.XXXXXX";
static FILE *file;

static void put(const char *hex)
{
	for (; *hex; hex += 2) {
		unsigned byte;

		while (*hex == ' ')
			hex++;
		assert_int_equal(sscanf(hex, "%2x", &byte), 1);
		putc((int)byte, file);
	}
}

static size_t length_of(const char *hex)
{
	size_t digits = 0;

	for (; *hex; hex++)
		digits += *hex != ' ';
	return digits / 2;
}

static void put_number(uint32_t number, size_t bytes, bool big)
{
	for (size_t i = 0; i < bytes; i++)
		putc((int)(number >> 8 * (big ? bytes - 1 - i : i) & 0xff), file);
}

static void begin(void)
{
	file = fopen(path, "wb");
	assert_non_null(file);
}

static void begin_pcap(uint32_t magic, uint32_t link, uint32_t snapshot, bool big)
{
	begin();
	put_number(magic, 4, big);
	put_number(2, 2, big);
	put_number(4, 2, big);
	put_number(0, 4, big);
	put_number(0, 4, big);
	put_number(snapshot, 4, big);
	put_number(link, 4, big);
}

/* A frame of `more` bytes beyond those that were captured. */
static void put_frame(uint32_t seconds, uint32_t fraction, const char *hex, size_t more, bool big)
{
	uint32_t captured = (uint32_t)length_of(hex);

	put_number(seconds, 4, big);
	put_number(fraction, 4, big);
	put_number(captured, 4, big);
	put_number(captured + (uint32_t)more, 4, big);
	put(hex);
}

static struct reader *opened(void)
{
	struct reader *reader = NULL;
	char error[FAULT_TEXT];

	assert_int_equal(fclose(file), 0);
	if (reader_open(&reader, path, error) != FAULT_NONE)
		fail_msg("%s", error);
	return reader;
}

static struct captured_packet next(struct reader *reader)
{
	struct captured_packet packet;
	char error[FAULT_TEXT] = "the end";

	if (reader_next(reader, &packet, error) != READER_PACKET)
		fail_msg("%s", error);
	return packet;
}

static void assert_end(struct reader *reader)
{
	struct captured_packet packet;
	char error[FAULT_TEXT];

	assert_int_equal(reader_next(reader, &packet, error), READER_END);
	reader_close(reader);
}

/* Nothing can be read of it, for the reason whose words are `want`. */
static void assert_refused(const char *want)
{
	struct reader *reader = NULL;
	char error[FAULT_TEXT];

	assert_int_equal(fclose(file), 0);
	assert_int_equal(reader_open(&reader, path, error), FAULT_BROKEN);
	assert_null(reader);
	if (!strstr(error, want) || strncmp(error, path, strlen(path)))
		fail_msg("'%s' and not '%s'", error, want);
}

static void assert_syn(const struct captured_packet *packet, sa_family_t family)
{
	struct segment segment;

	assert_null(reader_decode(packet, &segment));
	assert_int_equal(segment.source.family, family);
	assert_int_equal(segment.tcp.source, 8080);
	assert_int_equal(segment.tcp.sequence, 0x11223344);
	assert_int_equal(segment.tcp.flags, TCP_SYN);
	assert_int_equal(segment.payload_length, 2);
	assert_int_equal(segment.payload_captured, 2);
	assert_memory_equal(segment.payload, "hi", 2);
	assert_int_equal(segment.fixed & FIXED_IP_LENGTH, 0);
}

/* Both byte orders and both precisions. */
static void test_pcap(void **state)
{
	static const struct {
		uint32_t magic, fraction;
		bool big;
		long nsec;
	} files[] = {
		{ 0xa1b2c3d4, 123456, false, 123456000 },
		{ 0xa1b2c3d4, 123456, true, 123456000 },
		{ 0xa1b23c4d, 123456789, false, 123456789 },
		{ 0xa1b23c4d, 123456789, true, 123456789 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		begin_pcap(files[i].magic, LINK_RAW, SNAPSHOT, files[i].big);
		put_frame(1700000000, files[i].fraction, SYN_V4, 0, files[i].big);
		put_frame(1700000001, 0, SYN_V6, 0, files[i].big);
		struct reader *reader = opened();
		struct captured_packet packet = next(reader);
		assert_int_equal(packet.number, 1);
		assert_int_equal(packet.at.tv_sec, 1700000000);
		assert_int_equal(packet.at.tv_nsec, files[i].nsec);
		assert_syn(&packet, AF_INET);
		packet = next(reader);
		assert_int_equal(packet.number, 2);
		assert_syn(&packet, AF_INET6);
		assert_end(reader);
	}
}

static void put_block(uint32_t type, const char *hex)
{
	uint32_t length = (uint32_t)length_of(hex) + 12;

	put_number(type, 4, false);
	put_number(length, 4, false);
	put(hex);
	put_number(length, 4, false);
}

/* A section header, an interface of Ethernet, and an enhanced packet block. */
static void test_pcapng(void **state)
{
	(void)state;
	begin();
	put_block(0x0a0d0d0a, "4d3c2b1a 0100 0000 ffffffffffffffff");
	put_block(1, "0100 0000 00000400");
	put_block(6, "00000000 00000000 40420f00 38000000 38000000" MACS "0800" SYN_V4);
	struct reader *reader = opened();
	struct captured_packet packet = next(reader);
	assert_int_equal(packet.at.tv_sec, 1);
	assert_int_equal(packet.at.tv_nsec, 0);
	assert_syn(&packet, AF_INET);
	assert_end(reader);
}

/* Each link layer, with and without tags of VLANs. */
static void test_link_layers(void **state)
{
	static const struct {
		uint32_t link;
		const char *front, *packet;
		sa_family_t family;
		enum captured_way way;
	} frames[] = {
		{ LINK_ETHERNET, MACS "0800", SYN_V4, AF_INET, WAY_UNKNOWN },
		{ LINK_ETHERNET, MACS "86dd", SYN_V6, AF_INET6, WAY_UNKNOWN },
		{ LINK_ETHERNET, MACS "81000007 0800", SYN_V4, AF_INET, WAY_UNKNOWN },
		{ LINK_ETHERNET, MACS "88a80007 81000008 86dd", SYN_V6, AF_INET6, WAY_UNKNOWN },
		{ LINK_ETHERNET, MACS "91000007 81000008 0800", SYN_V4, AF_INET, WAY_UNKNOWN },
		{ LINK_SLL, "0004 0001 0006 0200000000010000 0800", SYN_V4, AF_INET, WAY_SENT },
		{ LINK_SLL, "0000 0001 0006 0200000000010000 86dd", SYN_V6, AF_INET6,
		  WAY_RECEIVED },
		{ LINK_SLL, "0000 0001 0006 0200000000010000 8100 0007 0800", SYN_V4, AF_INET,
		  WAY_RECEIVED },
		{ LINK_SLL2, "0800 0000 00000002 0001 04 06 0200000000010000", SYN_V4, AF_INET,
		  WAY_SENT },
		{ LINK_SLL2, "86dd 0000 00000002 0001 00 06 0200000000010000", SYN_V6, AF_INET6,
		  WAY_RECEIVED },
		{ LINK_IPV6, "", SYN_V6, AF_INET6, WAY_UNKNOWN },
		{ LINK_NULL, "02000000", SYN_V4, AF_INET, WAY_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		char hex[512];

		snprintf(hex, sizeof(hex), "%s%s", frames[i].front, frames[i].packet);
		begin_pcap(0xa1b2c3d4, frames[i].link, SNAPSHOT, false);
		put_frame(1, 0, hex, 0, false);
		struct reader *reader = opened();
		struct captured_packet packet = next(reader);
		assert_int_equal(packet.way, frames[i].way);
		assert_syn(&packet, frames[i].family);
		assert_end(reader);
	}
}

/* ARP, an 802.3 frame whose type is a length, and frames that end within their own header. */
static void test_no_ip(void **state)
{
	static const char *const frames[] = {
		MACS "0806 0001080006040001",
		MACS "0026 4242030000",
		MACS "8100",
		MACS,
		"02",
		MACS "0800",
	};

	(void)state;
	begin_pcap(0xa1b2c3d4, LINK_ETHERNET, SNAPSHOT, false);
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++)
		put_frame(1, 0, frames[i], 0, false);
	put_frame(1, 0, MACS "0800" SYN_V4, 0, false);
	struct reader *reader = opened();
	struct segment segment;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct captured_packet packet = next(reader);

		assert_null(packet.bytes);
		assert_non_null(reader_decode(&packet, &segment));
	}
	struct captured_packet packet = next(reader);
	assert_int_equal(packet.number, 7);
	assert_syn(&packet, AF_INET);
	assert_end(reader);
}

/* What fills a short frame is no data; a snapshot keeps the length on the wire. */
static void test_lengths(void **state)
{
	struct segment segment;

	(void)state;
	begin_pcap(0xa1b2c3d4, LINK_ETHERNET, 60, false);
	put_frame(1, 0, MACS "0800" SYN_V4 "00000000", 0, false);
	put_frame(1, 0,
	          MACS "0800 450005dc0000400040060000c0000201c0a80001"
	               "1f90a8ca11223344000000005010ffff00000000",
	          1460, false);
	struct reader *reader = opened();
	struct captured_packet packet = next(reader);
	assert_int_equal(packet.length, 42);
	assert_syn(&packet, AF_INET);
	packet = next(reader);
	assert_int_equal(packet.captured, 40);
	assert_int_equal(packet.length, 1500);
	assert_null(reader_decode(&packet, &segment));
	assert_int_equal(segment.payload_length, 1460);
	assert_int_equal(segment.payload_captured, 0);
	assert_end(reader);
}

/* What came before the cut is told, and then the frame behind which it is. */
static void test_cut_off(void **state)
{
	struct captured_packet packet;
	char error[FAULT_TEXT];

	(void)state;
	begin_pcap(0xa1b2c3d4, LINK_RAW, SNAPSHOT, false);
	put_frame(1, 0, SYN_V4, 0, false);
	put_number(2, 4, false);
	struct reader *reader = opened();
	packet = next(reader);
	assert_syn(&packet, AF_INET);
	assert_int_equal(reader_next(reader, &packet, error), READER_BROKEN);
	assert_non_null(strstr(error, "after frame 1: "));
	assert_int_equal(strncmp(error, path, strlen(path)), 0);
	reader_close(reader);
}

/* A frame that claims two gigabytes takes no memory. */
static void test_impossible_length(void **state)
{
	struct captured_packet packet;
	char error[FAULT_TEXT];

	(void)state;
	begin_pcap(0xa1b2c3d4, LINK_RAW, SNAPSHOT, false);
	put_number(1, 4, false);
	put_number(0, 4, false);
	put_number(0x7fffffff, 4, false);
	put_number(0x7fffffff, 4, false);
	struct reader *reader = opened();
	assert_int_equal(reader_next(reader, &packet, error), READER_BROKEN);
	assert_non_null(strstr(error, "after frame 0: "));
	reader_close(reader);
}

static void test_no_packets(void **state)
{
	(void)state;
	begin_pcap(0xa1b2c3d4, LINK_RAW, SNAPSHOT, false);
	assert_end(opened());
}

static void test_refused(void **state)
{
	struct reader *reader = NULL;
	char error[FAULT_TEXT];

	(void)state;
	begin();
	assert_refused("is empty");
	begin();
	put("a1b2");
	assert_refused("truncated");
	begin();
	fputs("+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n", file);
	assert_refused("unknown file format");
	begin_pcap(0xa1b2c3d4, LINK_PPP, SNAPSHOT, false);
	assert_refused("link type PPP (9)");
	assert_int_equal(reader_open(&reader, "/nowhere/x.pcap", error), FAULT_BROKEN);
	assert_string_equal(error, "/nowhere/x.pcap: No such file or directory");
	assert_int_equal(reader_open(&reader, "/tmp", error), FAULT_BROKEN);
	assert_string_equal(error, "/tmp is a directory");
}

static int make_file(void **state)
{
	(void)state;
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pcap),
		cmocka_unit_test(test_pcapng),
		cmocka_unit_test(test_link_layers),
		cmocka_unit_test(test_no_ip),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_cut_off),
		cmocka_unit_test(test_impossible_length),
		cmocka_unit_test(test_no_packets),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
