/**
 * Packet expressions: one packet, or a space of packets, as people write them on the command line and in
 * scenario files.
 *
 *     tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000
 *     tcp,udp 10.0.0.0/8 -> !127.0.0.0/8:80,443,1000-2000 uid !1337 out lo
 *
 * One grammar: a packet is a space whose every list has one value, and the reader of packets reports what says
 * more. The input is one character a byte (Latin-1), so offsets are byte offsets. LL(1): the names of clauses
 * are words of the language, what a value may be is the clause's to say. So that one wrong clause hides
 * no other, a clause without its value and a word that is no clause are part of the language here and
 * reported by the reader.
 */
grammar PacketExpression;

packetExpression
    : packet EOF
    ;

packet
    : protocol endpointPair excess* clause*
    ;

protocol
    : BANG? WORD ( COMMA WORD )*
    ;

endpointPair
    : endpoint ARROW endpoint
    ;

endpoint                    // addresses, then ports behind a colon: 10.0.0.1,10.0.0.2:80,443
    : BANG? WORD ( COMMA WORD )*
    ;

clause
    : clauseName ( list excess* | ( ARROW | OTHER | COMMA | BAR ) excess* )?    // the second lacks its value
    | ( CTORIG | CTREPL | NAT ) endpointPair excess*
    ;

clauseName
    : IN | OUT | UID | GID | GROUPS | SOCKET | STATE | DIR | CTSTATUS | MARK | CTMARK | MARKXOR | ZONE | CTPROTO
    | FLAGS | OPTIONS | MSS | CHUNKS | TYPE | LENGTH | TTL | TOS | DSCP | FRAGMENT | EXTHDR | MAC | FRAME
    | PHYSIN | PHYSOUT | BRIDGED | IN_SET | MATCH
    | SRCTYPE | SRCTYPE_IN | SRCTYPE_OUT | DSTTYPE | DSTTYPE_IN | DSTTYPE_OUT | RCVSOCKET
    ;

list                        // '!' is for all of it
    : BANG? values ( BAR values )*
    ;

values                      // one value, several, or the bits of one
    : value ( COMMA value )*
    ;

value
    : WORD
    | STRING                // also a name that is a word of this language: in "mark"
    | UNCLOSED              // an error, which the reader reports
    ;

excess                      // words that belong to no clause
    : ( WORD | STRING | UNCLOSED | ARROW | BANG | OTHER ) ( COMMA | BAR )*
    ;

// ---- Words ----

BRIDGED     : 'bridged' ;
CHUNKS      : 'chunks' ;
CTMARK      : 'ctmark' ;
CTORIG      : 'ctorig' ;
CTPROTO     : 'ctproto' ;
CTREPL      : 'ctrepl' ;
CTSTATUS    : 'ctstatus' ;
DIR         : 'dir' ;
DSCP        : 'dscp' ;
DSTTYPE     : 'dsttype' ;
DSTTYPE_IN  : 'dsttype@in' ;
DSTTYPE_OUT : 'dsttype@out' ;
EXTHDR      : 'exthdr' ;
FLAGS       : 'flags' ;
FRAGMENT    : 'fragment' ;
FRAME       : 'frame' ;
GID         : 'gid' ;
GROUPS      : 'groups' ;
IN          : 'in' ;
IN_SET      : 'in-set' ;
LENGTH      : 'length' ;
MAC         : 'mac' ;
MARK        : 'mark' ;
MARKXOR     : 'mark^ctmark' ;
MATCH       : 'match' ;
MSS         : 'mss' ;
NAT         : 'nat' ;
OPTIONS     : 'options' ;
OUT         : 'out' ;
PHYSIN      : 'physin' ;
PHYSOUT     : 'physout' ;
RCVSOCKET   : 'rcvsocket' ;
SOCKET      : 'socket' ;
SRCTYPE     : 'srctype' ;
SRCTYPE_IN  : 'srctype@in' ;
SRCTYPE_OUT : 'srctype@out' ;
STATE       : 'state' ;
TOS         : 'tos' ;
TTL         : 'ttl' | 'hl' ;
TYPE        : 'type' ;
UID         : 'uid' ;
ZONE        : 'zone' ;

// ---- The rest ----

ARROW       : '->' ;
BANG        : '!' ;
BAR         : '|' ;
COMMA       : ',' ;
STRING      : '"' IN_QUOTES* '"' ;
UNCLOSED    : '"' IN_QUOTES* '\\'? ;
BLANKS      : [ \t\r\n]+ -> channel(HIDDEN) ;
COMMENT     : '#' ~[\n]* -> channel(HIDDEN) ;
WORD        : ( '-'+ WORD_PART | WORD_START ) ( '-'* WORD_PART )* ;   // numbers, addresses, names; a dash may not end it: a->b is three tokens
OTHER       : . ;

fragment IN_QUOTES  : ~[\\"\n] | '\\' ~[\n] ;
fragment WORD_PART  : ~[ \t\r\n",>|\-] ;
fragment WORD_START : ~[ \t\r\n",>|!\-] ;
