#include "script/foreign.h"

#include <fnmatch.h>
#include <stddef.h>

#define PSP "tcpclose does not do PSP encryption"
#define SCTP "tcpclose tests TCP, and does not do SCTP"
#define UDPLITE "tcpclose does not do UDP-Lite"
#define TIME "to wait, write the time before the next event: +1 close(4) = 0 comes a second later"
#define MPTCP "tcpclose tests plain TCP, and does not do the options of MPTCP"
#define BSD "it exists in BSD only, not in Linux"

static const struct {
	const char *words; /* a pattern as in the shell */
	const char *reason;
} rows[] = {
	/* Names that the grammar gives to constructions. */
	{ "TCP/UDP", "Linux has no TCP over UDP" },
	{ "RST/reason", "Linux neither sends a reason with a RST, nor reads one" },
	{ "psp", PSP },
	{ "psp_*", PSP },
	{ "encap", PSP },
	{ "sctp", SCTP },
	{ "sctp_*", SCTP },
	{ "SCTP_*", SCTP },
	{ "SPP_*", SCTP },
	{ "sleep", TIME },
	{ "usleep", TIME },
	{ "nanosleep", TIME },
	{ "mp_*", MPTCP },
	{ "mpcapable", MPTCP },
	{ "mpjoin", MPTCP },
	{ "mptcp", MPTCP },
	{ "dss", MPTCP },
	{ "add_addr*", MPTCP },
	{ "remove_addr*", MPTCP },
	{ "udplite", UDPLITE },
	{ "UDPLITE_*", UDPLITE },
	{ "TCPS_*", BSD },
	{ "TCP_BBR_*", BSD },
	{ "TCP_RACK_*", BSD },
	{ "TCP_LOG*", BSD },
	{ "TCP_FUNCTION_*", BSD },
	{ "TCP_RST_REASON_*", BSD },
	{ "TCP_PCAP_*", BSD },
	{ "TCP_RXTLS_*", BSD },
	{ "TCP_TXTLS_*", BSD },
	{ "TCP_KEEPINIT", BSD },
	{ "TCP_NOOPT", BSD },
	{ "TCP_NOPUSH", BSD },
	{ "TCP_DELACK", BSD },
	{ "TCP_MAXUNACKTIME", BSD },
	{ "TCP_DATA_AFTER_CLOSE", BSD },
	{ "TCP_REMOTE_UDP_ENCAPS_PORT", BSD },
	{ "SO_ACCEPTFILTER", BSD },
	{ "SO_BINTIME", BSD },
	{ "SO_LISTEN*QLEN", BSD },
	{ "SO_LISTENQLIMIT", BSD },
	{ "SO_NOSIGPIPE", BSD },
	{ "SO_REUSEPORT_LB", BSD },
	{ "SO_SETFIB", BSD },
	{ "SO_TS_CLOCK", BSD },
	{ "SO_USELOOPBACK", BSD },
	{ "SO_USER_COOKIE", BSD },
	{ "IP_DONTFRAG", BSD },
	{ "IP*_PORTRANGE", BSD },
	{ "IP_RECVDSTADDR", BSD },
	{ "IP_RECVIF", BSD },
	{ "IP_SENDSRCADDR", BSD },
	{ "FIONSPACE", BSD },
	{ "FIONWRITE", BSD },
	{ "function_set_name", BSD },
	{ "pcbcnt", BSD },
	{ "af_name", BSD },
	{ "af_arg", BSD },
	{ "enable", BSD },
	{ "psk", BSD },
};

/*
 * This is asked for every word of a packet. Each row begins with a letter, and comparing that first
 * spares nearly all the work.
 */
const char *foreign_reason(const char *word)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].words[0] == word[0] && fnmatch(rows[i].words, word, 0) == 0)
			return rows[i].reason;
	return NULL;
}
