/*
 * A stack in a process of its own may say anything. The input is one datagram; it is refused with a
 * message, or what it says is within its bounds.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stacks/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_state(const struct tcpclose_state *state)
{
	require(state->state >= TCPCLOSE_ESTABLISHED && state->state <= TCPCLOSE_CLOSING);
	require(state->timer >= TCPCLOSE_TIMER_NONE && state->timer <= TCPCLOSE_TIMER_PROBE);
	require(state->expires >= 0);
}

static void read_words(struct message *message)
{
	char *words = message->words, *word;
	int64_t number;

	while (protocol_word(&words, &word)) {
		require(*word && !strchr(word, ' '));
		if (protocol_number(word, -5, 5, &number))
			require(number >= -5 && number <= 5);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct message message;
	char error[FAULT_TEXT] = "";

	if (!protocol_read(data, size, &message, error)) {
		require(*error && strlen(error) < FAULT_TEXT);
		return 0;
	}
	require(!*error);
	require(message.bytes >= data && message.bytes + message.size == data + size);
	require(memchr(message.words, '\0', sizeof(message.words)) != NULL);
	if (message.kind == MESSAGE_STATE)
		check_state(&message.state);
	if (message.kind == MESSAGE_RETURN)
		require(message.number >= -1 && (message.number >= 0) == !message.error);
	if (message.kind != MESSAGE_PACKET)
		require(message.id > 0);
	read_words(&message);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif
