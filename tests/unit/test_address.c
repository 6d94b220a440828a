/* wire/address */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <string.h>

#include "wire/address.h"

static struct ip_address parsed(const char *text)
{
	struct ip_address address;

	assert_true(ip_address_parse(text, &address));
	return address;
}

static void assert_prints(const struct ip_address *address, const char *want)
{
	char text[IP_ADDRESS_TEXT];

	assert_string_equal(ip_address_print(address, text), want);
}

static void test_parse_and_print(void **state)
{
	static const char *const texts[] = {
		"0.0.0.0",
		"192.168.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"fd3d:fa7b:d17d::1",
		"2001:db8:1:2:3:4:5:6",
		"::ffff:192.0.2.1",
		"2001:db8:1111:2222:3333:4444:5555:6666",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct ip_address address = parsed(texts[i]);

		assert_int_equal(address.family, strchr(texts[i], ':') ? AF_INET6 : AF_INET);
		assert_prints(&address, texts[i]);
	}
	assert_prints(&(struct ip_address){ .family = 0 }, "?");
}

static void test_parse_refuses(void **state)
{
	static const char *const texts[] = {
		"",
		"1",
		"1.2.3",
		"1.2.3.4.5",
		"1.2.3.256",
		"1.2.3.4 ",
		" 1.2.3.4",
		"1.2.3.-4",
		"a.b.c.d",
		":",
		":::",
		"1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:8:9",
		"g::1",
		"::1%lo",
		"192.168.0.1/16",
	};
	struct ip_address address = { .family = 77 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(ip_address_parse(texts[i], &address));
	assert_int_equal(address.family, 77);
}

static void test_unused_bytes_are_zero(void **state)
{
	static const uint8_t want[16] = { 1, 2, 3, 4 };
	struct ip_address address;

	(void)state;
	memset(&address, 0xaa, sizeof(address));
	assert_true(ip_address_parse("1.2.3.4", &address));
	assert_memory_equal(address.bytes, want, 16);
}

static void test_equal(void **state)
{
	struct ip_address a = parsed("10.0.0.1"), b = parsed("10.0.0.2"), v6 = parsed("a00:1::");

	(void)state;
	assert_true(ip_address_equal(&a, &a));
	assert_false(ip_address_equal(&a, &b));
	assert_memory_equal(a.bytes, v6.bytes, 16);
	assert_false(ip_address_equal(&a, &v6));
}

static void test_map(void **state)
{
	struct ip_address v4 = parsed("192.0.2.1"), v6 = parsed("2001:db8::1");
	struct ip_address mapped = ip_address_map(&v4), back = ip_address_unmap(&mapped);
	struct ip_address compatible = parsed("::192.0.2.1");

	(void)state;
	assert_prints(&mapped, "::ffff:192.0.2.1");
	assert_true(ip_address_equal(&back, &v4));
	mapped = ip_address_map(&v6);
	assert_true(ip_address_equal(&mapped, &v6));
	back = ip_address_unmap(&v6);
	assert_true(ip_address_equal(&back, &v6));
	back = ip_address_unmap(&v4);
	assert_true(ip_address_equal(&back, &v4));
	back = ip_address_unmap(&compatible);
	assert_true(ip_address_equal(&back, &compatible));
}

static void assert_prefix(const char *text, unsigned bits, const char *want)
{
	struct ip_address address = parsed(text);
	struct ip_address prefix = ip_address_prefix(&address, bits);

	assert_prints(&prefix, want);
}

static void test_prefix(void **state)
{
	(void)state;
	assert_prefix("192.168.255.255", 0, "0.0.0.0");
	assert_prefix("192.168.255.255", 1, "128.0.0.0");
	assert_prefix("192.168.255.255", 16, "192.168.0.0");
	assert_prefix("192.168.255.255", 23, "192.168.254.0");
	assert_prefix("192.168.255.255", 31, "192.168.255.254");
	assert_prefix("192.168.255.255", 32, "192.168.255.255");
	assert_prefix("192.168.255.255", 128, "192.168.255.255");
	assert_prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0, "::");
	assert_prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 3, "e000::");
	assert_prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65, "ffff:ffff:ffff:ffff:8000::");
	assert_prefix("2001:db8::1", 128, "2001:db8::1");
	assert_prefix("2001:db8::1", 500, "2001:db8::1");
}

static void test_sockaddr_v4(void **state)
{
	struct ip_address address = parsed("192.0.2.1"), back;
	struct sockaddr_storage storage;
	const struct sockaddr_in *in = (const struct sockaddr_in *)&storage;
	uint16_t port;

	(void)state;
	memset(&storage, 0xff, sizeof(storage));
	assert_int_equal(ip_address_to_sockaddr(&address, 8080, &storage), sizeof(*in));
	assert_int_equal(in->sin_family, AF_INET);
	assert_int_equal(in->sin_port, htons(8080));
	assert_int_equal(in->sin_addr.s_addr, inet_addr("192.0.2.1"));
	assert_int_equal(in->sin_zero[0], 0);
	assert_true(ip_address_from_sockaddr(&storage, &back, &port));
	assert_true(ip_address_equal(&address, &back));
	assert_int_equal(port, 8080);
}

static void test_sockaddr_v6(void **state)
{
	struct ip_address address = parsed("2001:db8::1"), back;
	struct sockaddr_storage storage;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&storage;
	uint16_t port;

	(void)state;
	memset(&storage, 0xff, sizeof(storage));
	assert_int_equal(ip_address_to_sockaddr(&address, 65535, &storage), sizeof(*in6));
	assert_int_equal(in6->sin6_family, AF_INET6);
	assert_int_equal(in6->sin6_scope_id, 0);
	assert_memory_equal(&in6->sin6_addr, address.bytes, 16);
	assert_true(ip_address_from_sockaddr(&storage, &back, &port));
	assert_true(ip_address_equal(&address, &back));
	assert_int_equal(port, 65535);
}

static void test_sockaddr_of_no_family(void **state)
{
	struct ip_address unset = { .family = 0 }, back;
	struct sockaddr_storage storage;
	uint16_t port;

	(void)state;
	assert_int_equal(ip_address_to_sockaddr(&unset, 1, &storage), sizeof(sa_family_t));
	assert_int_equal(storage.ss_family, AF_UNSPEC);
	assert_false(ip_address_from_sockaddr(&storage, &back, &port));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_parse_and_print),
		cmocka_unit_test(test_parse_refuses),
		cmocka_unit_test(test_unused_bytes_are_zero),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_sockaddr_v4),
		cmocka_unit_test(test_sockaddr_v6),
		cmocka_unit_test(test_sockaddr_of_no_family),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
