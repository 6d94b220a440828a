/*
 * The TCP options. There is a row for each, and functions that walk the rows: to make an option of
 * words, to print it, to step through the options of a header, and to find one. In memory, options
 * are the bytes that are on the wire.
 */
#ifndef TCPCLOSE_WIRE_TCP_OPTIONS_H
#define TCPCLOSE_WIRE_TCP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/segment.h"

enum tcp_option_kind {
	TCPOPT_KIND_EOL = 0,
	TCPOPT_KIND_NOP = 1,
	TCPOPT_KIND_MSS = 2,
	TCPOPT_KIND_WSCALE = 3,
	TCPOPT_KIND_SACK_OK = 4,
	TCPOPT_KIND_SACK = 5,
	TCPOPT_KIND_TS = 8,
	TCPOPT_KIND_MD5 = 19,
	TCPOPT_KIND_FASTOPEN = 34,
	TCPOPT_KIND_ACCECN0 = 172,
	TCPOPT_KIND_ACCECN1 = 174,
	TCPOPT_KIND_EXPERIMENT = 254,
};

/* One word of an option, as a script writes it. */
struct tcp_option_word {
	enum { OPTION_NUMBER, OPTION_PAIR, OPTION_TEXT, OPTION_ANY } kind;
	const char *text; /* the text itself: a label ("val"), or hexadecimal digits */
	/* OPTION_NUMBER has `number`, OPTION_PAIR is number:second, OPTION_ANY is '*' */
	int64_t number, second;
};

/*
 * Options that are being built, or that are expected. Where a byte of `any` is not 0, the same byte
 * of `bytes` is not compared.
 */
struct tcp_option_bytes {
	uint8_t length;
	uint8_t bytes[TCP_OPTIONS_MAX];
	uint8_t any[TCP_OPTIONS_MAX];
};

/* The name of the index-th row, for suggestions; NULL after the last. */
const char *tcp_option_name(size_t index);

/*
 * Appends the option called `name`, which is made of its words:
 *   eol   nop   mss 1460   wscale 7   sackOK   sack 1:1001 2001:3001   TS val 100 ecr 0
 *   md5 0123456789abcdef0123456789abcdef
 *   md5 valid     16 zeros, in the place of the digest that tcp_md5_digest() computes
 *   FO            asks for a fast open cookie; FO a1b2c3d4 is a cookie; FOEXP is the same in the
 *                 experimental option (kind 254, magic 0xf989)
 *   ECN e0b 1 ceb 0 e1b 1     the counters of AccECN, kind 172; in the order e1b ceb e0b it is
 *                             kind 174; counters at the end may be left out
 *   opt 253 a1b2  any kind from 2 to 255 with any bytes, also a known kind with a wrong length
 *   raw 0208      bytes that are not an option, to write a malformed kind or length
 *   gen-253 a1b2  the same as opt in nplab's packetdrill
 *   exp-f989 a1b2 kind 254, where these two bytes come first
 *   exp-tarr 5    a rate of acknowledgments (draft-gomez-tcpm-ack-rate-request)
 * Digits without a name are the same as raw with these digits. A '*' as a value leaves its bytes
 * open: those of the number or of the block, 8 of a cookie, 16 of md5. Hexadecimal digits are taken
 * from the text of a word, also when they look like a number.
 *
 * Returns NULL. When the name, the words or a number are wrong, or when the 40 bytes for options do
 * not suffice, it returns a message, which is in `why`, and leaves `options` unchanged; then `bad`
 * is the index of the wrong word, or -1 when it is the name. Nothing is padded here: when a segment
 * is encoded, its options are completed to words of four bytes with EOL.
 */
const char *tcp_option_append(struct tcp_option_bytes *options, const char *name,
                              const struct tcp_option_word *words, size_t count, int *bad,
                              char why[128]);

/* One option among the options of a header. */
struct tcp_option_view {
	uint8_t kind;
	uint8_t length;       /* counts the bytes for kind and length, too; 1 for NOP and EOL */
	const uint8_t *bytes; /* begins with the kind byte */
};

/*
 * Steps through options; begin with *offset = 0. Returns false at the end. A malformed length ends
 * the walk and sets *bad. EOL is returned once, and ends the walk.
 */
bool tcp_option_next(const uint8_t *options, size_t length, size_t *offset,
                     struct tcp_option_view *view, bool *bad);

/* Finds the first option of a kind. Returns false also when a malformed option comes before it. */
bool tcp_option_find(const struct tcp_header *tcp, uint8_t kind, struct tcp_option_view *view);

/*
 * What reports call an option: "option mss", "option exp-tarr". "option" when no row has its kind.
 * The text is static.
 */
const char *tcp_option_label(const struct tcp_option_view *view);

/*
 * The two values of the TS option (RFC 7323 3.2). When there is none, get returns false and set
 * does nothing.
 */
bool tcp_timestamp_get(const struct tcp_header *tcp, uint32_t *value, uint32_t *echo);
void tcp_timestamp_set(struct tcp_header *tcp, uint32_t value, uint32_t echo);

/* Adds `offset` to both edges of every SACK block (RFC 2018). */
void tcp_sack_shift(struct tcp_header *tcp, uint32_t offset);

/*
 * Writes the options as a script would, "<mss 1460,nop,wscale 7>"; "" when there are none. Padding
 * behind an EOL is not shown. Returns `text`.
 */
const char *tcp_options_print(const uint8_t *options, size_t length, char *text, size_t size);

/* The same for wanted options, with a '*' for each value that is left open. */
const char *tcp_options_print_wanted(const struct tcp_option_bytes *wanted, char *text,
                                     size_t size);

#endif
