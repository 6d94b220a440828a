/* What tells one signal from another, as one number that fits a question to the host. */
#ifndef TCPCLOSE_BASE_SIGNAL_KIND_H
#define TCPCLOSE_BASE_SIGNAL_KIND_H

enum { SIGNAL_KIND_BAND = 0x7fff }; /* a band is at most this */

/*
 * `number` is that of the signal. `code` is POLL_IN ... POLL_HUP, the reason that a signal of a
 * descriptor has (sigaction(2): si_code), and `band` has the events of poll(2) in it (si_band). As
 * a question, a code or a band of 0 stands for any; as an answer, for none.
 */
static inline int signal_kind(int number, int code, int band)
{
	return number | code << 8 | band << 16;
}

static inline int signal_kind_number(int kind)
{
	return kind & 0xff;
}

static inline int signal_kind_code(int kind)
{
	return kind >> 8 & 0xff;
}

static inline int signal_kind_band(int kind)
{
	return kind >> 16;
}

#endif
