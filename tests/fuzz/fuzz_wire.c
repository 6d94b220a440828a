/*
 * Who has the key of a wire may still send anything. The input is the kind of a message and its
 * body; it is refused with a message, or it is within its bounds, and written again it is the same.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "remote/limits.h"
#include "remote/wire_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_start(const struct wire_start *start, const uint8_t *bytes, size_t size)
{
	unsigned bits = start->local.family == AF_INET6 ? 128 : 32;

	require(start->local.family == start->remote.family);
	require(start->local_prefix >= 1 && start->local_prefix <= bits);
	require(start->remote_prefix >= 1 && start->remote_prefix <= bits);
	limits_may_send(start, bytes, size);
	limits_may_tell(start, bytes, size);
}

/* Of IPv4 the unused bytes of an address are not read, so they need not come back. */
static void check_again(const struct wire_message *message, const uint8_t *body, size_t size)
{
	static uint8_t again[BODY_MOST];

	require(wire_message_write(message, again) == size);
	require(message->kind == WIRE_START || !size || !memcmp(again, body, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_message message;
	char error[FAULT_TEXT] = "";

	if (size < 1 || size > BODY_MOST)
		return 0;
	if (!wire_message_read(data[0], data + 1, size - 1, &message, error)) {
		require(*error && strlen(error) < FAULT_TEXT);
		return 0;
	}
	require(!*error && message.kind > 0 && message.kind < WIRE_KINDS);
	if (message.bytes)
		require(message.bytes + message.size == data + size &&
		        message.length >= message.size && message.length <= PACKET_MOST);
	if (message.kind == WIRE_START)
		check_start(&message.start, data, size);
	check_again(&message, data + 1, size - 1);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif
