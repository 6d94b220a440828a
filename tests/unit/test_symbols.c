#define _GNU_SOURCE
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "program/symbols.h"
#include "wire/tcp_state.h"

struct symbol_check {
	const char *name;
	int64_t value;
};

#define CHECK(name) { #name, (int64_t)(name) },
#include "tests/unit/symbols-check.inc"

static void test_values_are_those_of_the_headers(void **state)
{
	size_t wrong = 0, count = sizeof(checks) / sizeof(*checks);

	(void)state;
	assert_true(count > 600); /* else the generator has lost the headers */
	for (size_t i = 0; i < count; i++) {
		int64_t value = -1;

		if (symbol_find(checks[i].name, &value) && value == checks[i].value)
			continue;
		print_error("%s is %lld in the headers, %lld in the table\n", checks[i].name,
		            (long long)checks[i].value, (long long)value);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void test_rows_are_sorted_and_single(void **state)
{
	(void)state;
	for (size_t i = 1; symbol_at(i) != NULL; i++)
		if (strcmp(symbol_at(i - 1), symbol_at(i)) >= 0)
			fail_msg("%s must not stand before %s", symbol_at(i - 1), symbol_at(i));
}

static void test_every_name_is_found(void **state)
{
	int64_t value;

	(void)state;
	for (size_t i = 0; symbol_at(i) != NULL; i++)
		if (!symbol_find(symbol_at(i), &value))
			fail_msg("%s is not found", symbol_at(i));
	assert_null(symbol_at(100000));
}

/* Two printed names of one number in one group would be a row that can never be seen. */
static void test_printed_names_are_single(void **state)
{
	(void)state;
	for (size_t i = 0; symbol_at(i) != NULL; i++)
		for (int group = SYMBOL_NONE + 1; group < SYMBOL_GROUPS; group++) {
			const char *name = symbol_at(i), *printed;
			int64_t value, again;

			if (!symbol_find_in(group, name, &value))
				continue;
			printed = symbol_name(group, value);
			if (printed == NULL)
				fail_msg("%s is an alias of nothing", name);
			assert_true(symbol_find_in(group, printed, &again));
			assert_true(again == value);
		}
}

static void test_every_group_has_rows(void **state)
{
	(void)state;
	for (int group = SYMBOL_NONE; group < SYMBOL_GROUPS; group++) {
		size_t i = 0;
		int64_t value;

		while (symbol_at(i) != NULL && !symbol_find_in(group, symbol_at(i), &value))
			i++;
		if (symbol_at(i) == NULL)
			fail_msg("group %d is empty", group);
	}
}

static void test_unknown_names_are_not_found(void **state)
{
	static const char *const names[] = {
		"", "A", "ECONNRESE", "ECONNRESETS", "econnreset", "~"
	};
	int64_t value = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_false(symbol_find(names[i], &value));
	assert_int_equal(value, 42);
}

static void test_a_group_has_its_names_only(void **state)
{
	int64_t value = 42;

	(void)state;
	assert_false(symbol_find_in(SYMBOL_ERRNO, "POLLIN", &value));
	assert_false(symbol_find_in(SYMBOL_ERRNO, "NOTHING", &value));
	assert_int_equal(value, 42);
	assert_true(symbol_find_in(SYMBOL_ERRNO, "ENOTSUP", &value));
	assert_string_equal(symbol_name(SYMBOL_ERRNO, value), "EOPNOTSUPP");
}

static void test_numbers_have_names(void **state)
{
	static const struct {
		enum symbol_group group;
		const char *found, *printed;
	} rows[] = {
		{ SYMBOL_ERRNO, "ECONNRESET", "ECONNRESET" },
		{ SYMBOL_ERRNO, "EWOULDBLOCK", "EAGAIN" },
		{ SYMBOL_ERRNO, "EDEADLOCK", "EDEADLK" },
		{ SYMBOL_SIGNAL, "SIGPIPE", "SIGPIPE" },
		{ SYMBOL_SIGNAL, "SIGPOLL", "SIGIO" },
		{ SYMBOL_FAMILY, "PF_INET6", "AF_INET6" },
		{ SYMBOL_SHUTDOWN, "SHUT_WR", "SHUT_WR" },
		{ SYMBOL_TCP_OPTION, "TCP_LINGER2", "TCP_LINGER2" },
		{ SYMBOL_IOCTL, "SIOCINQ", "FIONREAD" },
		{ SYMBOL_EPOLL, "EPOLLET", "EPOLLET" },
		{ SYMBOL_CA_STATE, "TCP_CA_Open", "TCP_CA_Open" },
		{ SYMBOL_TCP_NLA, "TCP_NLA_PAD", "TCP_NLA_PAD" },
	};
	int64_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(symbol_find_in(rows[i].group, rows[i].found, &value));
		assert_string_equal(symbol_name(rows[i].group, value), rows[i].printed);
	}
	assert_null(symbol_name(SYMBOL_ERRNO, 0));
	assert_null(symbol_name(SYMBOL_ERRNO, -1));
	assert_null(symbol_name(SYMBOL_NONE, 0));
}

static void test_flags_are_joined(void **state)
{
	static const struct {
		enum symbol_group group;
		int64_t value;
		const char *text;
	} rows[] = {
		{ SYMBOL_POLL, 0, "0" },
		{ SYMBOL_POLL, 1, "POLLIN" },
		{ SYMBOL_POLL, 0x11, "POLLIN|POLLHUP" },
		{ SYMBOL_POLL, 0x4011, "POLLIN|POLLHUP|0x4000" },
		{ SYMBOL_POLL, 0x4000, "0x4000" },
		{ SYMBOL_EPOLL, 0x80002001, "EPOLLIN|EPOLLRDHUP|EPOLLET" },
		{ SYMBOL_MESSAGE_FLAG, 0x4040, "MSG_DONTWAIT|MSG_NOSIGNAL" },
		{ SYMBOL_NONE, 6, "0x6" },
		{ SYMBOL_SPLICE, -1,
		  "SPLICE_F_MOVE|SPLICE_F_NONBLOCK|SPLICE_F_MORE|SPLICE_F_GIFT|"
		  "0xfffffffffffffff0" },
#if defined(__x86_64__)
		{ SYMBOL_OPEN_FLAG, 0x101002, "O_SYNC|O_RDWR" },
		{ SYMBOL_SOCKET_TYPE, 0x803, "SOCK_RAW|SOCK_NONBLOCK" },
#endif
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *shown = symbol_flags(rows[i].group, rows[i].value, text, sizeof(text));

		assert_ptr_equal(shown, text);
		assert_string_equal(shown, rows[i].text);
	}
}

static void test_long_flags_are_cut(void **state)
{
	char text[sizeof("POLLIN|POLLHUP")];

	(void)state;
	for (size_t size = 1; size <= sizeof(text); size++) {
		memset(text, '#', sizeof(text));
		symbol_flags(SYMBOL_POLL, 0x4011, text, size);
		assert_int_equal(strlen(text), size - 1);
		assert_memory_equal(text, "POLLIN|POLLHUP", size - 1);
	}
}

/* <linux/tcp.h> has no states, and <netinet/tcp.h> cannot stand beside it. */
static void test_states_are_those_of_the_wire(void **state)
{
	(void)state;
	for (int number = STATE_ESTABLISHED; number < STATE_COUNT; number++) {
		const char *name = symbol_name(SYMBOL_TCP_STATE, number);
		enum tcp_state parsed;

		assert_non_null(name);
		assert_true(tcp_state_parse(name, &parsed));
		assert_true(parsed == (enum tcp_state)number || number == STATE_NEW_SYN_RECV);
	}
	assert_null(symbol_name(SYMBOL_TCP_STATE, STATE_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_values_are_those_of_the_headers),
		cmocka_unit_test(test_rows_are_sorted_and_single),
		cmocka_unit_test(test_every_name_is_found),
		cmocka_unit_test(test_printed_names_are_single),
		cmocka_unit_test(test_every_group_has_rows),
		cmocka_unit_test(test_unknown_names_are_not_found),
		cmocka_unit_test(test_a_group_has_its_names_only),
		cmocka_unit_test(test_numbers_have_names),
		cmocka_unit_test(test_flags_are_joined),
		cmocka_unit_test(test_long_flags_are_cut),
		cmocka_unit_test(test_states_are_those_of_the_wire),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("symbols", tests, NULL, NULL);
}
