/*
 * The TCP options, one row each, and what walks the rows: encode from words, print, iterate, find.
 * In memory options are bytes as on the wire.
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

/* One word of an option as a script wrote it. */
struct tcp_option_word {
	enum { OPTION_NUMBER, OPTION_PAIR, OPTION_TEXT, OPTION_ANY } kind;
	const char *text;       /* as written: a label ("val"), or hexadecimal digits */
	int64_t number, second; /* NUMBER; PAIR is number:second; ANY is '*' */
};

/* Options under construction or expected. A set byte in `any` says: do not compare this byte. */
struct tcp_option_bytes {
	uint8_t length;
	uint8_t bytes[TCP_OPTIONS_MAX];
	uint8_t any[TCP_OPTIONS_MAX];
};

/* Names of all rows in turn (for suggestions); NULL after the last. */
const char *tcp_option_name(size_t index);

/*
 * Appends the option called `name` with its words:
 *   eol   nop   mss 1460   wscale 7   sackOK   sack 1:1001 2001:3001   TS val 100 ecr 0
 *   md5 0123456789abcdef0123456789abcdef
 *   md5 valid     16 zeros, in the place of the digest that tcp_md5_digest() computes
 *   FO            asks for a fast open cookie; FO a1b2c3d4 is one; FOEXP likewise, in the
 *                 experimental option (kind 254, magic 0xf989)
 *   ECN e0b 1 ceb 0 e1b 1     AccECN's counters, kind 172; in the order e1b ceb e0b kind 174;
 *                             those at the end may be left out
 *   opt 253 a1b2  any kind from 2 to 255 with any bytes, also a known kind of a wrong length
 *   raw 0208      bytes that are no option at all, for a malformed kind or length
 *   gen-253 a1b2  nplab's word for the same;  exp-f989 a1b2  kind 254 with these two bytes first
 *   exp-tarr 5    a rate of acknowledgments (draft-gomez-tcpm-ack-rate-request)
 * Digits alone, without a word, are raw's.
 * A '*' as a value leaves it open: the bytes of the number or the block, 8 of a cookie, 16 of md5.
 * Hexadecimal digits are taken from a word's text, also when they look like a number.
 * Returns NULL, or a message in `why` when name, words or ranges are wrong or the 40 bytes are
 * used up; `options` then is as before.
 * `bad` is set to the index of the word at fault, or -1 for the name. Nothing is padded: options
 * that do not fill words of four bytes are completed with EOL when the segment is encoded.
 */
const char *tcp_option_append(struct tcp_option_bytes *options, const char *name,
                              const struct tcp_option_word *words, size_t count, int *bad,
                              char why[128]);

/* One option within the options of a header. */
struct tcp_option_view {
	uint8_t kind;
	uint8_t length;       /* with kind and length bytes; 1 for NOP and EOL */
	const uint8_t *bytes; /* at the kind byte */
};

/*
 * Steps through options; start with *offset = 0. False at the end; a malformed length ends the walk
 * with *bad = true. EOL is returned once and ends the walk.
 */
bool tcp_option_next(const uint8_t *options, size_t length, size_t *offset,
                     struct tcp_option_view *view, bool *bad);

/* The first option of a kind; false also when a malformed one comes before it. */
bool tcp_option_find(const struct tcp_header *tcp, uint8_t kind, struct tcp_option_view *view);

/*
 * What reports call an option: "option mss", "option exp-tarr"; "option" when no row is of its
 * kind. Static.
 */
const char *tcp_option_label(const struct tcp_option_view *view);

/* The TS option's two values (RFC 7323 3.2); false, or nothing is set, when there is none. */
bool tcp_timestamp_get(const struct tcp_header *tcp, uint32_t *value, uint32_t *echo);
void tcp_timestamp_set(struct tcp_header *tcp, uint32_t value, uint32_t echo);

/* Adds `offset` to both edges of every SACK block (RFC 2018). */
void tcp_sack_shift(struct tcp_header *tcp, uint32_t offset);

/*
 * "<mss 1460,nop,wscale 7>" as a script would write it; "" for no options. Padding behind an EOL
 * is not shown. Returns `text`.
 */
const char *tcp_options_print(const uint8_t *options, size_t length, char *text, size_t size);

/* Likewise, with a '*' for each value that is left open. */
const char *tcp_options_print_wanted(const struct tcp_option_bytes *wanted, char *text,
                                     size_t size);

#endif
