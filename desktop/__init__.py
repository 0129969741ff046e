"""The workroom desk (创新工作室管理): registers, judges, funds and prints innovation workrooms for union offices.

    __main__.py        no arguments → the window, otherwise the command line
    app.py             the Qt application: fonts, Chinese Qt texts, exception hook, composition
    cli/               arguments → a service → JSON and an exit code
    views/             Qt: a view per noun, its table model beside it
    services/          the only place that joins what stands below: a module per noun is its door
        record/ sheet/ search/ derived/ law/ road/ review/ recommending/ work/ funds/
        paper/ numbering/ seal/ figures/ samples/    what the doors are made of
        journal/ parcel/ trust/    the log of changes, packages, keys
    models/            SQLAlchemy tables, one aggregate a file; the database; migrations; capture of changes
    rules/             pure: regulations as data, read and evaluated
    documents/         pure: a paper's data in, bytes out
    spreadsheets/      pure: xlsx ⇄ rows
    sync/              pure: commits, signatures, merging, the package format
    settings.py        this machine's settings
    paths.py           where resources and data lie
    errors.py          errors with a sentence for the user

Words of the field and the names they have here:

    工作室 workroom          联盟 alliance            领衔人 leader             骨干成员 backbone
    所在单位 unit            工会 office              荣誉 honour               办法 regulation
    条件（“有”）criterion    检查结论 finding         事实 fact                 申报 application
    初审 first review        推荐 recommendation      专家 expert               公示 publicity
    命名 naming              牌匾 plaque              成果 outcome              成果发布 publication
    补助资金 grant           拨付 disbursement        奖励分配 allocation       支出 expenditure
    考核 assessment          整改 rectification       更换领衔人 leader change   撤销、摘牌 revocation
    公文 document            发文字号 document number  公章 seal                 用印登记 seal use
    一室一档 dossier         交换包 package           回执 receipt              冲突 conflict
    办理的一程 road          一步 step                台账 register             理由 override
"""

VERSION = "0.1.0"
