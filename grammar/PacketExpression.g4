/**
 * Packet expressions: one packet as people write it, on the command line and in scenario files.
 *
 *     tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000
 *
 * The input is one character a byte (Latin-1), so offsets are byte offsets. LL(1): the names of clauses
 * are words of the language, what a value may be is the clause's to say. So that one wrong clause hides
 * no other, a clause without its value and a word that is no clause are part of the language here and
 * reported by the reader.
 */
grammar PacketExpression;

packetExpression
    : packet EOF
    ;

packet
    : protocol endpointPair COMMA* excess* clause*
    ;

protocol
    : WORD
    ;

endpointPair
    : endpoint ARROW endpoint
    ;

endpoint
    : WORD
    ;

clause
    : clauseName ( list excess* | ( ARROW | OTHER | COMMA ) excess* )?     // the second lacks its value
    | ( CTORIG | NAT ) endpointPair excess*
    | FRAGMENT excess*
    ;

clauseName
    : IN | OUT | UID | GID | GROUPS | SOCKET | STATE | DIR | CTSTATUS | MARK | CTMARK | ZONE
    | FLAGS | OPTIONS | MSS | TYPE | LENGTH | TTL | TOS | DSCP | EXTHDR | MAC | PHYSIN | PHYSOUT
    | IN_SET | MATCH
    ;

list
    : value ( COMMA value )*
    ;

value
    : WORD
    | STRING                // also a name that is a word of this language: in "mark"
    | UNCLOSED              // an error, which the reader reports
    ;

excess                      // words that belong to no clause
    : ( WORD | STRING | UNCLOSED | ARROW | OTHER ) COMMA*
    ;

// ---- Words ----

CTMARK    : 'ctmark' ;
CTORIG    : 'ctorig' ;
CTSTATUS  : 'ctstatus' ;
DIR       : 'dir' ;
DSCP      : 'dscp' ;
EXTHDR    : 'exthdr' ;
FLAGS     : 'flags' ;
FRAGMENT  : 'fragment' ;
GID       : 'gid' ;
GROUPS    : 'groups' ;
IN        : 'in' ;
IN_SET    : 'in-set' ;
LENGTH    : 'length' ;
MAC       : 'mac' ;
MARK      : 'mark' ;
MATCH     : 'match' ;
MSS       : 'mss' ;
NAT       : 'nat' ;
OPTIONS   : 'options' ;
OUT       : 'out' ;
PHYSIN    : 'physin' ;
PHYSOUT   : 'physout' ;
SOCKET    : 'socket' ;
STATE     : 'state' ;
TOS       : 'tos' ;
TTL       : 'ttl' | 'hl' ;
TYPE      : 'type' ;
UID       : 'uid' ;
ZONE      : 'zone' ;

// ---- The rest ----

ARROW     : '->' ;
COMMA     : ',' ;
STRING    : '"' IN_QUOTES* '"' ;
UNCLOSED  : '"' IN_QUOTES* '\\'? ;
BLANKS    : [ \t\r\n]+ -> channel(HIDDEN) ;
COMMENT   : '#' ~[\n]* -> channel(HIDDEN) ;
WORD      : ( '-'* WORD_PART )+ ;       // numbers, addresses, names; a dash may not end it, so that a->b is three tokens
OTHER     : . ;

fragment IN_QUOTES  : ~[\\"\n] | '\\' ~[\n] ;
fragment WORD_PART  : ~[ \t\r\n",>\-] ;
