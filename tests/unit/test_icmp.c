/* wire/icmp: names of types and codes, and what is an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <netinet/in.h>
#include <string.h>

#include "wire/icmp.h"

static const uint8_t protocols[] = { IPPROTO_ICMP, IPPROTO_ICMPV6 };

/* Each listed name has a number, and each number's printed name leads back to it. */
static void test_names_go_both_ways(void **state)
{
	(void)state;
	for (size_t p = 0; p < 2; p++) {
		size_t types = 0, codes = 0;

		for (const char *name; (name = icmp_type_listed(protocols[p], types)); types++) {
			uint8_t type = 0xee, code = 0xee;

			assert_true(icmp_type_parse(protocols[p], name, &type));
			assert_string_equal(icmp_type_name(protocols[p], type), name);
			for (size_t i = 0; (name = icmp_code_listed(protocols[p], type, i));
			     i++, codes++) {
				assert_true(icmp_code_parse(protocols[p], type, name, &code));
				assert_true(icmp_code_parse(
					protocols[p], type,
					icmp_code_name(protocols[p], type, code), &code));
			}
		}
		assert_true(types >= 6);
		assert_true(codes >= 12);
		assert_null(icmp_type_listed(protocols[p], types + 1));
	}
}

static void assert_type(uint8_t protocol, const char *name, int want)
{
	uint8_t type = 0xee;

	assert_int_equal(icmp_type_parse(protocol, name, &type), want >= 0);
	assert_int_equal(type, want >= 0 ? want : 0xee);
}

static void test_types(void **state)
{
	(void)state;
	assert_type(IPPROTO_ICMP, "unreachable", 3);
	assert_type(IPPROTO_ICMPV6, "unreachable", 1);
	assert_type(IPPROTO_ICMP, "time_exceeded", 11);
	assert_type(IPPROTO_ICMPV6, "packet_too_big", 2);
	assert_type(IPPROTO_ICMP, "packet_too_big", -1);
	assert_type(IPPROTO_ICMP, "type_0", 0);
	assert_type(IPPROTO_ICMP, "type_255", 255);
	assert_type(IPPROTO_ICMP, "type_256", -1);
	assert_type(IPPROTO_ICMP, "type_", -1);
	assert_type(IPPROTO_ICMP, "type_-1", -1);
	assert_type(IPPROTO_ICMP, "type_1x", -1);
	assert_type(IPPROTO_ICMP, "type_0000", -1);
	assert_type(IPPROTO_ICMP, "code_1", -1);
	assert_type(IPPROTO_ICMP, "", -1);
	assert_null(icmp_type_name(IPPROTO_ICMP, 200));
}

static void assert_code(uint8_t protocol, uint8_t type, const char *name, int want)
{
	uint8_t code = 0xee;

	assert_int_equal(icmp_code_parse(protocol, type, name, &code), want >= 0);
	assert_int_equal(code, want >= 0 ? want : 0xee);
}

static void test_codes(void **state)
{
	(void)state;
	assert_code(IPPROTO_ICMP, 3, "frag_needed", 4);
	assert_code(IPPROTO_ICMP, 3, "port_unreachable", 3);
	assert_code(IPPROTO_ICMPV6, 1, "port_unreachable", 4);
	assert_code(IPPROTO_ICMPV6, 1, "net_unreachable", 0);
	assert_code(IPPROTO_ICMPV6, 1, "no_route", 0);
	assert_code(IPPROTO_ICMP, 3, "no_route", -1);
	assert_code(IPPROTO_ICMP, 8, "frag_needed", -1); /* has no codes by name */
	assert_code(IPPROTO_ICMP, 8, "code_7", 7);
	assert_code(IPPROTO_ICMP, 3, "type_7", -1);
	assert_null(icmp_code_name(IPPROTO_ICMP, 3, 99));
	assert_null(icmp_code_name(IPPROTO_ICMP, 8, 0));
}

static void test_errors(void **state)
{
	static const uint8_t v4_errors[] = { 3, 4, 5, 11, 12 };

	(void)state;
	for (unsigned type = 0; type < 256; type++) {
		bool v4 = memchr(v4_errors, (int)type, sizeof(v4_errors)) != NULL;

		assert_int_equal(icmp_is_error(IPPROTO_ICMP, (uint8_t)type), v4);
		assert_int_equal(icmp_is_error(IPPROTO_ICMPV6, (uint8_t)type), type < 128);
	}
}

static void test_rest(void **state)
{
	(void)state;
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMP, 3, 4), ICMP_REST_MTU);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMP, 3, 3), ICMP_REST_UNUSED);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMP, 11, 4), ICMP_REST_UNUSED);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMP, 8, 0), ICMP_REST_ID);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMP, 0, 4), ICMP_REST_ID);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMPV6, 2, 0), ICMP_REST_MTU);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMPV6, 1, 4), ICMP_REST_UNUSED);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMPV6, 128, 0), ICMP_REST_ID);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMPV6, 129, 0), ICMP_REST_ID);
	assert_int_equal(icmp_rest_meaning(IPPROTO_ICMPV6, 135, 0), ICMP_REST_UNUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_names_go_both_ways),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_rest),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("icmp", tests, NULL, NULL);
}
