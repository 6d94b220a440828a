/* IP addresses. */
#ifndef TCPCLOSE_WIRE_ADDRESS_H
#define TCPCLOSE_WIRE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct ip_address {
	sa_family_t family; /* AF_INET or AF_INET6; 0: unset */
	uint8_t bytes[16];  /* network order; IPv4 uses the first four, the rest is 0 */
};

enum { IP_ADDRESS_TEXT = INET6_ADDRSTRLEN };

/* Dotted quad or RFC 4291 2.2; false leaves the address as it was. An unset one prints as "?". */
bool ip_address_parse(const char *text, struct ip_address *address);
const char *ip_address_print(const struct ip_address *address, char text[IP_ADDRESS_TEXT]);
bool ip_address_equal(const struct ip_address *a, const struct ip_address *b);

/* ::ffff:a.b.c.d from a.b.c.d (RFC 4291 2.5.5.2), and back; an unmapped address stays as it is. */
struct ip_address ip_address_map(const struct ip_address *address);
struct ip_address ip_address_unmap(const struct ip_address *address);

/* Keeps the first `bits` bits, all when there are fewer. */
struct ip_address ip_address_prefix(const struct ip_address *address, unsigned bits);

/*
 * sockaddr_in or sockaddr_in6; returns the length, and back; false for others. Ports in host order.
 */
socklen_t ip_address_to_sockaddr(const struct ip_address *address, uint16_t port,
                                 struct sockaddr_storage *out);
bool ip_address_from_sockaddr(const struct sockaddr_storage *in, struct ip_address *address,
                              uint16_t *port);

#endif
