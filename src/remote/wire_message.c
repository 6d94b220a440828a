#include "remote/wire_message.h"

#include <string.h>

#include "wire/bytes.h"

enum {
	ADDRESS = 16,
	START_BODY = ETHERNET_ADDRESS + 3 + 2 * ADDRESS,
	TIME = 8,
	PACKET_HEAD = TIME + 4,
};

static void put_time(uint8_t *out, usec_t at)
{
	put32(out, (uint32_t)((uint64_t)at >> 32));
	put32(out + 4, (uint32_t)at);
}

/* Of the next thousands of years, so that one can count with it. */
static bool read_time(const uint8_t *in, usec_t *at)
{
	*at = (usec_t)((uint64_t)(get32(in) & INT32_MAX) << 32 | get32(in + 4));
	return in[0] == 0;
}

static size_t write_start(const struct wire_start *start, uint8_t *out)
{
	memcpy(out, start->ethernet, ETHERNET_ADDRESS);
	out += ETHERNET_ADDRESS;
	out[0] = start->local.family == AF_INET6 ? 6 : 4;
	out[1] = (uint8_t)start->local_prefix;
	out[2] = (uint8_t)start->remote_prefix;
	memcpy(out + 3, start->local.bytes, ADDRESS);
	memcpy(out + 3 + ADDRESS, start->remote.bytes, ADDRESS);
	return START_BODY;
}

size_t wire_message_write(const struct wire_message *message, uint8_t *out)
{
	switch (message->kind) {
	case WIRE_START:
		return write_start(&message->start, out);
	case WIRE_READY:
		memcpy(out, message->ethernet, ETHERNET_ADDRESS);
		return ETHERNET_ADDRESS;
	case WIRE_REFUSED:
	case WIRE_INJECT:
		memcpy(out, message->bytes, message->size);
		return message->size;
	case WIRE_INJECTED:
	case WIRE_SYNCED:
		put_time(out, message->at);
		return TIME;
	case WIRE_PACKET:
		put_time(out, message->at);
		put32(out + TIME, (uint32_t)message->length);
		memcpy(out + PACKET_HEAD, message->bytes, message->size);
		return PACKET_HEAD + message->size;
	case WIRE_SYNC:
	case WIRE_KINDS:
		break;
	}
	return 0;
}

/* The bits behind an IPv4 address are 0, as struct ip_address has it. */
static struct ip_address read_address(sa_family_t family, const uint8_t *in)
{
	struct ip_address address = { .family = family };

	memcpy(address.bytes, in, family == AF_INET6 ? ADDRESS : 4);
	return address;
}

static bool read_start(const uint8_t *body, struct wire_start *start)
{
	const uint8_t *in = body + ETHERNET_ADDRESS;
	unsigned bits = in[0] == 6 ? 128 : 32;
	sa_family_t family = in[0] == 6 ? AF_INET6 : AF_INET;

	memcpy(start->ethernet, body, ETHERNET_ADDRESS);
	start->local_prefix = in[1];
	start->remote_prefix = in[2];
	start->local = read_address(family, in + 3);
	start->remote = read_address(family, in + 3 + ADDRESS);
	/*
	 * A group address is nobody's own, and with a prefix of 0 anybody's packets would be meant.
	 */
	return (in[0] == 4 || in[0] == 6) && !(body[0] & 1) && in[1] >= 1 && in[1] <= bits &&
	       in[2] >= 1 && in[2] <= bits;
}

static bool read_packet(const uint8_t *body, struct wire_message *message, size_t size)
{
	message->length = get32(body + TIME);
	message->bytes = body + PACKET_HEAD;
	message->size = size - PACKET_HEAD;
	return read_time(body, &message->at) && message->length >= message->size &&
	       message->length <= PACKET_MOST;
}

static bool read_body(const uint8_t *body, size_t size, struct wire_message *message)
{
	switch (message->kind) {
	case WIRE_START:
		return size == START_BODY && read_start(body, &message->start);
	case WIRE_READY:
		if (size == ETHERNET_ADDRESS)
			memcpy(message->ethernet, body, ETHERNET_ADDRESS);
		return size == ETHERNET_ADDRESS && !(body[0] & 1);
	case WIRE_REFUSED:
	case WIRE_INJECT:
		message->bytes = body;
		message->size = message->length = size;
		return size <= (message->kind == WIRE_INJECT ? PACKET_MOST : REFUSAL_MOST);
	case WIRE_INJECTED:
	case WIRE_SYNCED:
		return size == TIME && read_time(body, &message->at);
	case WIRE_PACKET:
		return size >= PACKET_HEAD && read_packet(body, message, size);
	case WIRE_SYNC:
		return !size;
	case WIRE_KINDS:
		break;
	}
	return false;
}

bool wire_message_read(unsigned kind, const uint8_t *body, size_t size,
                       struct wire_message *message, char error[FAULT_TEXT])
{
	*message = (struct wire_message){ .kind = kind < WIRE_KINDS ? (enum wire_message_kind)kind
		                                                    : WIRE_KINDS };
	if (read_body(body, size, message))
		return true;
	fault_say(FAULT_BROKEN, error, "the other side sent nonsense (kind %u, %zu bytes)", kind,
	          size);
	return false;
}
