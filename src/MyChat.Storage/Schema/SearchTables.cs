using LinqToDB.Mapping;

namespace MyChat.Storage.Schema;

/// <summary>A part of an account's index: the entries from <see cref="FirstId"/> to <see cref="LastId"/>, all of them that were there.</summary>
[Table("search_segment")]
internal sealed record SearchSegmentRow
{
    [Column("account"), PrimaryKey(0)] public long Account { get; init; }

    /// <summary>Its blocks are numbered on from here.</summary>
    [Column("first_block"), PrimaryKey(1)] public long FirstBlock { get; init; }

    [Column("blocks")] public int Blocks { get; init; }

    /// <summary>How often what is in it was merged.</summary>
    [Column("level")] public int Level { get; init; }

    [Column("messages")] public int Messages { get; init; }
    [Column("first_id")] public long FirstId { get; init; }
    [Column("last_id")] public long LastId { get; init; }

    /// <summary>The earliest moment in it, in milliseconds since 1970; clocks may go back, ids do not.</summary>
    [Column("first_stamp")] public long FirstStamp { get; init; }

    [Column("last_stamp")] public long LastStamp { get; init; }

    /// <summary>With which key each of its blocks begins.</summary>
    [Column("directory")] public byte[] Directory { get; init; } = [];

    /// <summary>The number after its last block's.</summary>
    public long EndBlock => FirstBlock + Blocks;
}

/// <summary>Some keys of a segment, each with the entries that have it.</summary>
[Table("search_block")]
internal sealed class SearchBlockRow
{
    [Column("account"), PrimaryKey(0)] public long Account { get; init; }
    [Column("number"), PrimaryKey(1)] public long Number { get; init; }
    [Column("data")] public byte[] Data { get; init; } = [];
}
