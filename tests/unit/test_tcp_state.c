/* wire/tcp_state: every number has a name, and every spelling finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <netinet/tcp.h>
#include <string.h>

#include "wire/tcp_state.h"

static void test_numbers_are_the_kernels(void **state)
{
	(void)state;
	assert_int_equal(STATE_ESTABLISHED, TCP_ESTABLISHED);
	assert_int_equal(STATE_SYN_SENT, TCP_SYN_SENT);
	assert_int_equal(STATE_SYN_RECV, TCP_SYN_RECV);
	assert_int_equal(STATE_FIN_WAIT_1, TCP_FIN_WAIT1);
	assert_int_equal(STATE_FIN_WAIT_2, TCP_FIN_WAIT2);
	assert_int_equal(STATE_TIME_WAIT, TCP_TIME_WAIT);
	assert_int_equal(STATE_CLOSED, TCP_CLOSE);
	assert_int_equal(STATE_CLOSE_WAIT, TCP_CLOSE_WAIT);
	assert_int_equal(STATE_LAST_ACK, TCP_LAST_ACK);
	assert_int_equal(STATE_LISTEN, TCP_LISTEN);
	assert_int_equal(STATE_CLOSING, TCP_CLOSING);
	assert_int_equal(STATE_NEW_SYN_RECV, 12);
}

static void test_state_names_parse_back(void **state)
{
	(void)state;
	for (int i = 1; i < STATE_COUNT; i++) {
		enum tcp_state parsed;

		assert_non_null(tcp_state_name((enum tcp_state)i));
		assert_true(tcp_state_parse(tcp_state_name((enum tcp_state)i), &parsed));
		assert_int_equal(parsed, i == STATE_NEW_SYN_RECV ? STATE_SYN_RECV : i);
	}
	assert_string_equal(tcp_state_name(STATE_FIN_WAIT_1), "FIN_WAIT_1");
	assert_string_equal(tcp_state_name((enum tcp_state)0), "?");
	assert_string_equal(tcp_state_name(STATE_COUNT), "?");
	assert_string_equal(tcp_state_name((enum tcp_state) - 1), "?");
}

static void test_state_spellings(void **state)
{
	static const struct {
		const char *name;
		enum tcp_state state;
	} rows[] = {
		{ "ESTABLISHED", STATE_ESTABLISHED },
		{ "established", STATE_ESTABLISHED },
		{ "ESTAB", STATE_ESTABLISHED },
		{ "TCP_ESTABLISHED", STATE_ESTABLISHED },
		{ "SYN-SENT", STATE_SYN_SENT },
		{ "SYN_SENT", STATE_SYN_SENT },
		{ "SYN_RCVD", STATE_SYN_RECV },
		{ "SYN-RECEIVED", STATE_SYN_RECV },
		{ "TCP_SYN_RECV", STATE_SYN_RECV },
		{ "TCP_NEW_SYN_RECV", STATE_SYN_RECV },
		{ "FIN-WAIT-1", STATE_FIN_WAIT_1 },
		{ "FIN_WAIT1", STATE_FIN_WAIT_1 },
		{ "TCP_FIN_WAIT1", STATE_FIN_WAIT_1 },
		{ "tcp_fin_wait1", STATE_FIN_WAIT_1 },
		{ "fin-wait-2", STATE_FIN_WAIT_2 },
		{ "FINWAIT2", STATE_FIN_WAIT_2 },
		{ "TIME-WAIT", STATE_TIME_WAIT },
		{ "Time_Wait", STATE_TIME_WAIT },
		{ "CLOSE", STATE_CLOSED },
		{ "TCP_CLOSE", STATE_CLOSED },
		{ "CLOSED", STATE_CLOSED },
		{ "CLOSE-WAIT", STATE_CLOSE_WAIT },
		{ "LAST-ACK", STATE_LAST_ACK },
		{ "LISTEN", STATE_LISTEN },
		{ "CLOSING", STATE_CLOSING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum tcp_state parsed = 0;

		assert_true(tcp_state_parse(rows[i].name, &parsed));
		assert_int_equal(parsed, rows[i].state);
	}
}

static void test_what_is_no_state(void **state)
{
	static const char *const names[] = {
		"",         "?",          "_",          "TCP_",
		"FIN_WAIT", "FIN_WAIT_3", "ESTABLISHE", "ESTABLISHEDX",
		"CLOSED 1",
	};
	enum tcp_state parsed = STATE_LISTEN;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(tcp_state_parse(names[i], &parsed));
	assert_int_equal(parsed, STATE_LISTEN);
}

static void test_timers(void **state)
{
	static const struct {
		const char *name;
		enum tcp_timer timer;
	} rows[] = {
		{ "off", TIMER_NONE },
		{ "none", TIMER_NONE },
		{ "on", TIMER_RETRANSMIT },
		{ "rto", TIMER_RETRANSMIT },
		{ "RETRANSMIT", TIMER_RETRANSMIT },
		{ "keepalive", TIMER_KEEPALIVE },
		{ "fin_wait2", TIMER_KEEPALIVE },
		{ "timewait", TIMER_TIMEWAIT },
		{ "time_wait", TIMER_TIMEWAIT },
		{ "persist", TIMER_PROBE },
		{ "probe", TIMER_PROBE },
	};
	enum tcp_timer parsed;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(tcp_timer_parse(rows[i].name, &parsed));
		assert_int_equal(parsed, rows[i].timer);
	}
	for (int i = 0; i < TIMER_COUNT; i++) {
		assert_true(tcp_timer_parse(tcp_timer_name((enum tcp_timer)i), &parsed));
		assert_int_equal(parsed, i);
	}
	assert_false(tcp_timer_parse("", &parsed));
	assert_false(tcp_timer_parse("delack", &parsed));
	assert_string_equal(tcp_timer_name(TIMER_COUNT), "?");
}

/* inet_diag_msg.idiag_timer, as the kernel fills it in */
static void test_timer_numbers(void **state)
{
	(void)state;
	assert_int_equal(TIMER_RETRANSMIT, 1);
	assert_int_equal(TIMER_KEEPALIVE, 2);
	assert_int_equal(TIMER_TIMEWAIT, 3);
	assert_int_equal(TIMER_PROBE, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_numbers_are_the_kernels),
		cmocka_unit_test(test_state_names_parse_back),
		cmocka_unit_test(test_state_spellings),
		cmocka_unit_test(test_what_is_no_state),
		cmocka_unit_test(test_timers),
		cmocka_unit_test(test_timer_numbers),
		/* clang-format on */
	};

	return cmocka_run_group_tests_name("tcp_state", tests, NULL, NULL);
}
