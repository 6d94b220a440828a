/*
 * Any bytes may come from the wire. The first byte of the input does not belong to the packet: bit
 * 0 says that the checksum was left to the device, and the rest says how much longer the packet was
 * than what was captured.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/segment.h"
#include "wire/tcp_options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void walk_options(struct tcp_header *tcp)
{
	struct tcp_option_view view;
	size_t offset = 0, sum = 0;
	bool bad;

	while (tcp_option_next(tcp->options, tcp->options_length, &offset, &view, &bad))
		sum += view.length;
	require(sum <= tcp->options_length && offset <= tcp->options_length);
	tcp_sack_shift(tcp, 12345);
	tcp_sack_shift(tcp, -12345u);
}

/*
 * What was decoded can be encoded, and then decodes to the same. There are two exceptions. When the
 * IP length is wrong, the new packet lacks the IP options and extension headers that this length
 * counted. And the quote in an ICMP error may not have been captured as a whole.
 */
static void encode_again(const struct segment *segment, const char *text)
{
	static uint8_t bytes[SEGMENT_BYTES_MAX];
	size_t length = segment_encode(segment, bytes);
	struct segment again;
	char again_text[SEGMENT_TEXT];

	if (length == 0 || segment->fixed & FIXED_IP_LENGTH ||
	    segment->payload_captured < segment->payload_length)
		return;
	require(segment_decode(bytes, length, length, CHECKSUM_IGNORED, &again) == NULL);
	require(!strcmp(segment_print(&again, again_text, sizeof(again_text)), text));
	require((again.fixed & FIXED_DATA_OFFSET) == (segment->fixed & FIXED_DATA_OFFSET));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct segment segment;
	char text[SEGMENT_TEXT];
	size_t more;

	if (size == 0)
		return 0;
	more = (size_t)(data[0] >> 1) * 1024;
	if (segment_decode(data + 1, size - 1, size - 1 + more, (enum checksum_trust)(data[0] % 3),
	                   &segment))
		return 0;
	require(segment.payload >= data + 1);
	require(segment.payload + segment.payload_captured <= data + size);
	require(segment.payload_captured <= segment.payload_length);
	if (segment.protocol == IPPROTO_TCP)
		walk_options(&segment.tcp);
	segment_print(&segment, text, sizeof(text));
	require(strlen(text) > 0 && strlen(text) < SEGMENT_TEXT - 1);
	encode_again(&segment, text);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif
