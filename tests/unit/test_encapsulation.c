/* Headers around packets: built, finished, found again, compared and printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <netinet/in.h>

#include "wire/bytes.h"
#include "wire/checksum.h"
#include "wire/encapsulation.h"
#include "wire/segment.h"

static struct ip_address address(const char *text)
{
	struct ip_address address;

	assert_true(ip_address_parse(text, &address));
	return address;
}

static bool add_ip(struct encapsulation *outer, const char *from, const char *to, uint8_t tos,
                   uint8_t ttl)
{
	struct ip_address source = address(from), destination = address(to);

	return encapsulation_add_ip(outer, &source, &destination, tos, ttl);
}

static bool add_gre(struct encapsulation *outer, uint16_t flags)
{
	return encapsulation_add_gre(outer, &(struct gre_fields){ flags, 0, 0, 7, 77 });
}

static bool add_mpls(struct encapsulation *outer, uint32_t label, bool bottom)
{
	return encapsulation_add_mpls(outer, &(struct mpls_entry){ label, 1, bottom, 9 });
}

/* The headers, finished, before a packet of 100 payload bytes. */
static size_t before_packet(const struct encapsulation *outer, bool ipv6, uint8_t *bytes)
{
	struct segment segment = {
		.source = address(ipv6 ? "2001:db8::1" : "192.0.2.1"),
		.destination = address(ipv6 ? "2001:db8::2" : "192.0.2.2"),
		.protocol = IPPROTO_TCP,
		.payload_length = 100,
		.tcp = { .source = 1, .destination = 2, .flags = TCP_ACK },
	};
	size_t length = segment_encode(&segment, bytes + outer->length);

	assert_true(length > 0);
	memcpy(bytes, outer->bytes, outer->length);
	encapsulation_finish(bytes, outer->length, outer->length + length);
	return outer->length + length;
}

static void assert_round(const struct encapsulation *outer, bool ipv6, const char *printed)
{
	uint8_t bytes[1000];
	size_t length = before_packet(outer, ipv6, bytes);
	char text[ENCAPSULATION_TEXT];
	struct segment segment;

	assert_int_equal(encapsulation_length(bytes, length), outer->length);
	assert_null(segment_decode(bytes, length, length, CHECKSUM_EXACT, &segment));
	assert_int_equal(segment.outer_length, outer->length);
	assert_ptr_equal(segment.outer, bytes);
	assert_int_equal(segment.payload_length, 100);
	assert_int_equal(segment.fixed, 0);
	assert_true(encapsulation_equal(outer->bytes, outer->length, segment.outer,
	                                segment.outer_length));
	assert_false(encapsulation_equal(NULL, 0, segment.outer, segment.outer_length));
	assert_string_equal(
		encapsulation_print(segment.outer, segment.outer_length, text, sizeof(text)),
		printed);
}

static void test_ip_in_ip(void **state)
{
	struct encapsulation four = { .length = 0 }, six = { .length = 0 };

	(void)state;
	assert_true(add_ip(&four, "10.0.0.1", "10.0.0.2", 0x10, 9));
	assert_true(add_ip(&four, "10.0.1.1", "10.0.1.2", 0, 0));
	assert_true(encapsulation_close(&four, true));
	assert_round(&four, true,
	             "ipv4 (tos 0x10, ttl 9) 10.0.0.1 > 10.0.0.2: ipv4 10.0.1.1 > 10.0.1.2: ");
	assert_true(add_ip(&six, "2001:db8::9", "2001:db8::8", 0, 7));
	assert_true(encapsulation_close(&six, false));
	assert_round(&six, false, "ipv6 (ttl 7) 2001:db8::9 > 2001:db8::8: ");
}

static void test_gre_and_mpls(void **state)
{
	static const struct {
		uint16_t flags;
		const char *printed;
	} rows[] = {
		{ 0, "ipv4 10.0.0.1 > 10.0.0.2: gre: " },
		{ GRE_HAS_KEY, "ipv4 10.0.0.1 > 10.0.0.2: gre flags 0x2000, key 7: " },
		{ GRE_HAS_KEY | GRE_HAS_SEQUENCE,
		  "ipv4 10.0.0.1 > 10.0.0.2: gre flags 0x3000, key 7, seq 77: " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct encapsulation outer = { .length = 0 };

		assert_true(add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0));
		assert_true(add_gre(&outer, rows[i].flags));
		assert_true(encapsulation_close(&outer, i & 1));
		assert_round(&outer, i & 1, rows[i].printed);
	}
	struct encapsulation stack = { .length = 0 };

	assert_true(add_ip(&stack, "2001:db8::9", "2001:db8::8", 0, 0));
	assert_true(add_gre(&stack, 0));
	assert_true(add_mpls(&stack, 0xfffff, false));
	assert_true(add_mpls(&stack, 5, true));
	assert_true(encapsulation_close(&stack, false));
	assert_round(&stack, false,
	             "ipv6 2001:db8::9 > 2001:db8::8: gre: "
	             "mpls (label 1048575, tc 1, ttl 9) mpls (label 5, tc 1, [S], ttl 9): ");
}

static void test_lengths_and_checksums(void **state)
{
	struct encapsulation outer = { .length = 0 };
	uint8_t bytes[1000];
	size_t length;

	(void)state;
	assert_true(add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0));
	assert_true(add_gre(&outer, GRE_HAS_CHECKSUM));
	assert_true(encapsulation_close(&outer, false));
	length = before_packet(&outer, false, bytes);
	assert_int_equal(get16(bytes + 2), length);
	assert_int_equal(bytes[8], 255);
	assert_int_equal(checksum_bytes(bytes, 20), 0);
	assert_int_not_equal(get16(bytes + 24), 0);
	assert_int_equal(checksum_bytes(bytes + 20, length - 20), 0);
}

static void test_what_cannot_carry_what(void **state)
{
	struct encapsulation outer = { .length = 0 };

	(void)state;
	assert_true(encapsulation_close(&outer, true));
	assert_true(add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0));
	assert_true(add_mpls(&outer, 5, false));
	assert_false(encapsulation_close(&outer, false));
	assert_false(add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0));
	assert_true(add_mpls(&outer, 6, true));
	assert_false(add_mpls(&outer, 7, true));
	assert_false(add_gre(&outer, 0));
	assert_false(add_ip(&outer, "10.0.0.1", "2001:db8::1", 0, 0));
	while (add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0))
		;
	assert_true(outer.length <= ENCAPSULATION_MAX && outer.length > ENCAPSULATION_MAX - 20);
}

static void test_differences(void **state)
{
	struct encapsulation want = { .length = 0 }, seen = { .length = 0 };

	(void)state;
	assert_true(add_ip(&want, "10.0.0.1", "10.0.0.2", 0, 0));
	assert_true(add_ip(&seen, "10.0.0.1", "10.0.0.2", 0, 64));
	assert_true(encapsulation_close(&want, false) && encapsulation_close(&seen, false));
	assert_true(encapsulation_equal(want.bytes, want.length, seen.bytes, seen.length));
	want.bytes[8] = 63;
	assert_false(encapsulation_equal(want.bytes, want.length, seen.bytes, seen.length));
	want.bytes[8] = 0;
	want.bytes[19]++;
	assert_false(encapsulation_equal(want.bytes, want.length, seen.bytes, seen.length));
	assert_true(encapsulation_equal(NULL, 0, NULL, 0));
}

/* Whatever is cut off, nothing is read beyond the end. */
static void test_cut_off(void **state)
{
	struct encapsulation outer = { .length = 0 };
	uint8_t bytes[1000];
	size_t length;

	(void)state;
	assert_true(add_ip(&outer, "10.0.0.1", "10.0.0.2", 0, 0));
	assert_true(add_gre(&outer, GRE_HAS_CHECKSUM | GRE_HAS_KEY));
	assert_true(add_mpls(&outer, 5, true));
	assert_true(encapsulation_close(&outer, true));
	length = before_packet(&outer, true, bytes);
	for (size_t n = 0; n < length; n++) {
		uint8_t *part = malloc(n + 1);
		struct segment segment;

		memcpy(part, bytes, n);
		assert_true(encapsulation_length(part, n) <= n);
		segment_decode(part, n, length, CHECKSUM_EXACT, &segment);
		free(part);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_ip_in_ip),
		cmocka_unit_test(test_gre_and_mpls),
		cmocka_unit_test(test_lengths_and_checksums),
		cmocka_unit_test(test_what_cannot_carry_what),
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_cut_off),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
