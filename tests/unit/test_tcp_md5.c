/* wire/tcp_md5: digests that Python's hashlib gives for the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "wire/tcp_md5.h"

static struct segment segment_of(const char *source, const char *destination, unsigned options)
{
	struct segment segment = {
		.protocol = IPPROTO_TCP,
		.tcp = { .source = 1234,
		         .destination = 8080,
		         .sequence = 0x01020304,
		         .acknowledgment = 0xa0b0c0d0,
		         .flags = TCP_AE | TCP_ACK | TCP_PSH,
		         .window = 1000,
		         .urgent = 7,
		         .options_length = (uint8_t)options },
	};

	assert_true(ip_address_parse(source, &segment.source));
	assert_true(ip_address_parse(destination, &segment.destination));
	return segment;
}

static void assert_digest(const struct segment *segment, const char *key, const char *want)
{
	uint8_t digest[TCP_MD5_BYTES];
	char text[2 * TCP_MD5_BYTES + 1];

	tcp_md5_digest(segment, key, digest);
	for (int i = 0; i < TCP_MD5_BYTES; i++)
		sprintf(text + 2 * i, "%02x", digest[i]);
	assert_string_equal(text, want);
}

static void test_digest(void **state)
{
	struct segment segment = segment_of("192.0.2.1", "192.168.0.2", 20);

	(void)state;
	assert_digest(&segment, "key", "0090c6de350da4a9d38d3013e3ebe64a");
	segment.payload_length = segment.payload_captured = 1;
	segment.payload = (const uint8_t *)"x";
	assert_digest(&segment, "key", "377ff2b25c4aa4723a156a49d8cb372e");
}

/* Options that do not fill words, and a payload of which the rest is zeros. */
static void test_digest_ipv6(void **state)
{
	struct segment segment = segment_of("fd00::1", "2001:db8::2", 18);

	(void)state;
	segment.payload_length = 100;
	segment.payload_captured = 3;
	segment.payload = (const uint8_t *)"abc";
	assert_digest(&segment, "key", "22be4db30a0c1797ff17fe8640f7633e");
}

static void test_put(void **state)
{
	const uint8_t digest[TCP_MD5_BYTES] = "0123456789abcde";
	uint8_t options[] = { 1, 19, 4, 0, 0, 19, 18, 0, 0, 0, 0, 0,
		              0, 0,  0, 0, 0, 0,  0,  0, 0, 0, 0, 1 };

	(void)state;
	tcp_md5_put(options, sizeof(options), digest);
	assert_memory_equal(options + 7, digest, sizeof(digest));
	assert_int_equal(options[3] | options[4], 0);
	assert_int_equal(options[23], 1);
	/* One that is cut off is left alone. */
	memset(options + 7, 0, TCP_MD5_BYTES);
	tcp_md5_put(options, 20, digest);
	assert_int_equal(options[7], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_digest_ipv6),
		cmocka_unit_test(test_put),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
