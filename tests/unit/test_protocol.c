/* What a stack in a process says, read: each kind of message right, and wrong. */
#include "stacks/protocol.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define NAMED(text) ((const uint8_t *)(text)), sizeof(text) - 1

static void test_hello(void **unused)
{
	struct message message;
	char error[FAULT_TEXT], *words = message.words, *word;

	(void)unused;
	assert_true(protocol_read(NAMED("hello 1 socket clock name Tiny TCP\n"), &message, error));
	assert_int_equal(message.kind, MESSAGE_HELLO);
	assert_int_equal(message.id, HELLO_ID);
	assert_int_equal(message.number, 1);
	assert_true(protocol_word(&words, &word));
	assert_string_equal(word, "socket");
	assert_true(protocol_word(&words, &word));
	assert_true(protocol_word(&words, &word));
	assert_string_equal(word, "name");
	assert_string_equal(words, "Tiny TCP");
	assert_true(protocol_read(NAMED("refuse no IPv6\n"), &message, error));
	assert_string_equal(message.words, "no IPv6");
}

static void test_return(void **unused)
{
	struct message message;
	char error[FAULT_TEXT];

	(void)unused;
	assert_true(protocol_read(NAMED("return 7 -1 ECONNRESET\n"), &message, error));
	assert_int_equal(message.id, 7);
	assert_int_equal(message.number, -1);
	assert_int_equal(message.error, ECONNRESET);
	assert_true(protocol_read(NAMED("return 7 5\nhello"), &message, error));
	assert_int_equal(message.number, 5);
	assert_int_equal(message.error, 0);
	assert_int_equal(message.size, 5);
	assert_memory_equal(message.bytes, "hello", 5);
	assert_true(protocol_read(NAMED("return 7 4 192.0.2.1 8080"), &message, error));
	assert_string_equal(message.words, "192.0.2.1 8080");
}

static void test_state_and_time(void **unused)
{
	struct message message;
	char error[FAULT_TEXT];

	(void)unused;
	assert_true(protocol_read(NAMED("state 3 FIN_WAIT_2 keepalive 60000000 1 2 3\n"), &message,
	                          error));
	assert_int_equal(message.state.state, TCPCLOSE_FIN_WAIT_2);
	assert_int_equal(message.state.timer, TCPCLOSE_TIMER_KEEPALIVE);
	assert_int_equal(message.state.expires, 60000000);
	assert_int_equal(message.state.retransmits, 1);
	assert_int_equal(message.state.receive_queue, 2);
	assert_int_equal(message.state.send_queue, 3);
	assert_true(protocol_read(NAMED("state 3 LISTEN\n"), &message, error));
	assert_int_equal(message.state.timer, TCPCLOSE_TIMER_NONE);
	assert_true(protocol_read(NAMED("time 4 1500000\n"), &message, error));
	assert_int_equal(message.number, 1500000);
	assert_true(protocol_read(NAMED("packet 17\nE..."), &message, error));
	assert_int_equal(message.size, 4);
}

static void test_wrong(void **unused)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
		/* clang-format off */
		{ "",                            "the stack says '': no message begins like this" },
		{ "hallo 1\n",                   "the stack says 'hallo 1': no message begins like this" },
		{ "hello\n",                     "the stack says 'hello': the version is missing" },
		{ "refuse\n",                    "the stack says 'refuse': the reason is missing" },
		{ "packet\n",                    "the stack says 'packet': the time is missing" },
		{ "packet 5\n",                  "the stack says 'packet 5': there are no bytes behind the line" },
		{ "return 0 1\n",                "the stack says 'return 0 1': the call's number is missing" },
		{ "return 7\n",                  "the stack says 'return 7': the result is missing" },
		{ "return 7 -2\n",               "the stack says 'return 7 -2': the result is missing" },
		{ "return 7 12x\n",              "the stack says 'return 7 12x': the result is missing" },
		{ "return 7 -1\n",               "the stack says 'return 7 -1': the name of an errno must stand behind -1" },
		{ "return 7 -1 POLLIN\n",        "the stack says 'return 7 -1 POLLIN': the name of an errno must stand behind -1" },
		{ "state 1 ASLEEP\n",            "the stack says 'state 1 ASLEEP': there is no such state" },
		{ "state 1 CLOSED soon\n",       "the stack says 'state 1 CLOSED soon': there is no such timer" },
		{ "state 1 LISTEN timewait\n",   "the stack says 'state 1 LISTEN timewait': the time until the timer expires is missing" },
		{ "time 1 99999999999999999999", "the stack says 'time 1 99999999999999999999': the time is missing" },
		{ "time 1 -1\n",                 "the stack says 'time 1 -1': the time is missing" },
		{ "\x01\x02\n",                  "the stack says '\?\?': no message begins like this" },
		/* clang-format on */
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct message message;
		char error[FAULT_TEXT] = "";

		assert_false(protocol_read((const uint8_t *)rows[i].text, strlen(rows[i].text),
		                           &message, error));
		assert_string_equal(error, rows[i].error);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hello),
		cmocka_unit_test(test_return),
		cmocka_unit_test(test_state_and_time),
		cmocka_unit_test(test_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
